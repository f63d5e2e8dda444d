/** Cookies of taste, set by the browser and read by the server so that the first paint is already right. */
export const THEME_COOKIE = 'rollcall_theme';
export const ZONE_COOKIE = 'rollcall_tz';

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export function readTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system';
}

/** An IANA zone that Intl knows, else UTC: a cookie is input. */
export function readZone(value: string | undefined): string {
  if (value === undefined) return 'UTC';
  try {
    const zone = decodeURIComponent(value);
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return zone;
  } catch {
    return 'UTC';
  }
}

/** Browser only: keeps a choice for a year. */
export function rememberCookie(name: string, value: string): void {
  // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in Safari and Firefox
  document.cookie = `${name}=${encodeURIComponent(value)}; path=/; max-age=31536000; samesite=lax`;
}
