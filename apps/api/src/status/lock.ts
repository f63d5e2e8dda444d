import { createHash } from 'node:crypto';
import { SealError, type Sealer } from '@rollcall/crypto';
import type { CachedPage } from '@rollcall/services';

const KEPT_MS = 7 * 24 * 3_600_000;

type LockedPage = Pick<CachedPage['page'], 'id' | 'slug' | 'passwordHash'>;

const cookieName = (slug: string) => `rollcall_page_${slug}`;
const context = (page: LockedPage) => `status-page-key/${page.id}`;
/** A new password locks out who knew the old one. */
const keyOf = (passwordHash: string) => createHash('sha256').update(passwordHash).digest('base64url');

/** The cookie that opens a page for a week; the browser can neither read nor make it. */
export function unlockCookie(sealer: Sealer, page: LockedPage, options: { secure: boolean; now: Date }): string {
  const key = { key: keyOf(page.passwordHash ?? ''), until: options.now.getTime() + KEPT_MS };
  const value = sealer.seal(JSON.stringify(key), context(page));
  return `${cookieName(page.slug)}=${value}; Path=/; Max-Age=${KEPT_MS / 1000}; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}`;
}

/** Whether the visitor may see the page: it has no password, or he gave it before. */
export function isOpen(sealer: Sealer, page: LockedPage, cookieHeader: string | undefined, now: Date): boolean {
  if (page.passwordHash === null) return true;
  const name = `${cookieName(page.slug)}=`;
  const cookie = cookieHeader?.split(/;\s*/).find((part) => part.startsWith(name));
  if (cookie === undefined) return false;
  try {
    const { key, until } = JSON.parse(sealer.open(cookie.slice(name.length), context(page))) as { key: string; until: number };
    return key === keyOf(page.passwordHash) && until > now.getTime();
  } catch (error) {
    if (error instanceof SealError || error instanceof SyntaxError) return false;
    throw error;
  }
}
