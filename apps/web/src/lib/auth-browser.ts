/** What an account route answered. `status` 0: it could not be reached. */
export interface AuthAnswer<T> {
  ok: boolean;
  status: number;
  /** The name of a refusal, e.g. INVALID_PASSWORD. */
  code: string | null;
  body: T | null;
}

/** Calls a route under /api/auth from the browser; never throws. */
export async function authPost<T = unknown>(path: string, body: object): Promise<AuthAnswer<T>> {
  const response = await fetch(`/api/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch(() => null);
  if (response === null) return { ok: false, status: 0, code: null, body: null };
  const answer = (await response.json().catch(() => null)) as (T & { code?: unknown }) | null;
  return { ok: response.ok, status: response.status, code: typeof answer?.code === 'string' ? answer.code : null, body: answer };
}

const SENTENCES: Record<string, string> = {
  INVALID_PASSWORD: 'The password is wrong.',
  INVALID_EMAIL_OR_PASSWORD: 'The email or the password is wrong.',
  EMAIL_NOT_VERIFIED: 'The address is not confirmed yet. A new link is on its way to it.',
  USER_ALREADY_EXISTS: 'There is an account with this address. Sign in with it.',
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: 'There is an account with this address. Sign in with it.',
  CREDENTIAL_ACCOUNT_NOT_FOUND: 'This account has no password. Set one by "Forgot the password?" on the sign-in page.',
  INVALID_TOKEN: 'The link was used already or has expired; ask for a new one.',
  INVALID_CODE: 'The code is wrong or was used already.',
  INVALID_BACKUP_CODE: 'The code is wrong or was used already.',
  INVALID_TWO_FACTOR_COOKIE: 'This took too long. Sign in with your password again.',
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: 'Too many wrong codes. Sign in with your password again.',
  ACCOUNT_TEMPORARILY_LOCKED: 'Too many wrong codes. Wait 15 minutes and try again.',
  TOTP_ALREADY_ENABLED: 'Two-factor sign-in is on already. Reload the page.',
  PASSWORD_TOO_SHORT: 'The password is too short: at least 8 characters.',
  PASSWORD_TOO_LONG: 'The password is too long: at most 128 characters.',
};

/** One sentence about a refusal. `otherwise` stands for a refusal without a name of ours. */
export function refusalOf({ status, code }: Pick<AuthAnswer<unknown>, 'status' | 'code'>, otherwise: string): string {
  if (status === 0) return 'Rollcall could not be reached. Check the connection and try again.';
  const known = code === null ? undefined : SENTENCES[code];
  if (known !== undefined) return known;
  if (status === 429) return 'Too many attempts. Wait a minute and try again.';
  if (status >= 500) return 'This failed on our side. Try again in a moment.';
  return otherwise;
}
