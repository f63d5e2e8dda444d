import type { Account, SignInOptions } from '@rollcall/contracts';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { toApiError } from './api-error.ts';
import { apiBaseUrl } from './env.ts';
import { PATH_HEADER } from './path-header.ts';

/** The address of the sign-in page that leads back to where the reader is. */
export async function signInPath(): Promise<string> {
  const path = (await headers()).get(PATH_HEADER) ?? '/';
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}

/**
 * GET from a server component, as the reader: 401 leads to sign-in, 404 to the not-found page, the rest throws ApiError. What
 * layout and page both ask for is asked for once while a page is rendered.
 */
export async function apiGet<T>(path: string): Promise<T> {
  return (await getOnce(path)) as T;
}

const getOnce = cache(async (path: string): Promise<unknown> => {
  const incoming = await headers();
  const response = await fetch(`${apiBaseUrl()}/api/v1${path}`, {
    headers: { accept: 'application/json', cookie: incoming.get('cookie') ?? '' },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 401) redirect(await signInPath());
  if (response.status === 404) notFound();
  if (!response.ok) throw await toApiError(response);
  return response.json();
});

/** The ways the reader may sign in: `credential` for a password, else the name of the service. Empty when it cannot be told. */
export async function signInMethods(): Promise<string[]> {
  const incoming = await headers();
  const response = await fetch(`${apiBaseUrl()}/api/auth/list-accounts`, {
    headers: { accept: 'application/json', cookie: incoming.get('cookie') ?? '' },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  if (!response.ok) return [];
  return ((await response.json()) as { providerId: string }[]).map((account) => account.providerId);
}

/** The ways in that the installation offers. Null when the API does not answer: the password form stands alone then. */
export async function signInOptions(): Promise<SignInOptions | null> {
  const response = await fetch(`${apiBaseUrl()}/api/v1/sign-in-options`, { cache: 'no-store', signal: AbortSignal.timeout(5000) }).catch(
    () => null,
  );
  return response?.ok ? ((await response.json()) as SignInOptions) : null;
}

/** Who is signed in, for pages that are for everybody; null when nobody is. */
export async function signedInAccount(): Promise<Account | null> {
  const incoming = await headers();
  const response = await fetch(`${apiBaseUrl()}/api/v1/account`, {
    headers: { accept: 'application/json', cookie: incoming.get('cookie') ?? '' },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  }).catch(() => null);
  return response?.ok ? ((await response.json()) as Account) : null;
}
