import { rememberCookie, THEME_COOKIE, type Theme } from './cookies.ts';

/** Browser only: the page changes at once, and the server renders it so from then on. */
export function applyTheme(theme: Theme): void {
  rememberCookie(THEME_COOKIE, theme);
  if (theme === 'system') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.setAttribute('data-theme', theme);
}
