/** Where to go after signing in: a path of this site, or the start page. `//host`, `/\host` and the like leave the site and are refused. */
export function safeNext(next: string | undefined): string {
  if (next === undefined || !next.startsWith('/')) return '/';
  try {
    const url = new URL(next, 'http://rollcall.invalid');
    return url.host === 'rollcall.invalid' ? `${url.pathname}${url.search}` : '/';
  } catch {
    return '/';
  }
}
