/** Where the server side of the dashboard reaches the API. The API of a standalone start listens on loopback. */
export function apiBaseUrl(): string {
  return process.env.ROLLCALL_API_URL ?? 'http://127.0.0.1:3001';
}

/** `/design` shows the tokens and primitives: always in development, otherwise when the web process has ROLLCALL_DESIGN_PAGE=1. */
export function showsDesignPage(): boolean {
  return process.env.NODE_ENV !== 'production' || process.env.ROLLCALL_DESIGN_PAGE === '1';
}
