import {
  type Account,
  type Address,
  type Answer,
  ApiError,
  type Client,
  createClient,
  type PathOf,
  type SignInOptions,
} from '@rollcall/client';
import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { apiBaseUrl } from './env.ts';
import { PATH_HEADER } from './path-header.ts';

/** The address of the sign-in page that leads back to where the reader is. */
export async function signInPath(): Promise<string> {
  const path = (await headers()).get(PATH_HEADER) ?? '/';
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}

/** The API as the reader, who is known by the cookie; nothing is kept from one page to the next. */
function asReader(timeoutMs = 15_000): Client {
  return createClient({
    baseUrl: apiBaseUrl(),
    headers: async () => ({ cookie: (await headers()).get('cookie') ?? '' }),
    fetch: (address, init) => fetch(address, { ...init, cache: 'no-store', signal: AbortSignal.timeout(timeoutMs) }),
  });
}

/**
 * GET from a server component, as the reader: 401 leads to sign-in, 404 to the not-found page, the rest throws ApiError. What
 * layout and page both ask for is asked for once while a page is rendered.
 */
export async function apiGet<P extends PathOf<'get'>>(address: Address<P>): Promise<Answer<'get', P>> {
  return (await getOnce(address)) as Answer<'get', P>;
}

const getOnce = cache(async (address: Address<PathOf<'get'>>): Promise<unknown> => {
  const answer = await asReader()
    .read(address)
    .catch((error: unknown) => error as Error);
  if (!(answer instanceof Error)) return answer;
  if (answer instanceof ApiError && answer.status === 401) redirect(await signInPath());
  if (answer instanceof ApiError && answer.status === 404) notFound();
  throw answer;
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
  return asReader(5000)
    .get('/sign-in-options')
    .catch(() => null);
}

/** Who is signed in, for pages that are for everybody; null when nobody is. */
export async function signedInAccount(): Promise<Account | null> {
  return asReader()
    .get('/account')
    .catch(() => null);
}
