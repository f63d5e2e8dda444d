import { headers } from 'next/headers';
import { notFound, redirect } from 'next/navigation';
import { toApiError } from './api-error.ts';
import { apiBaseUrl } from './env.ts';
import { PATH_HEADER } from './path-header.ts';

/** The address of the sign-in page that leads back to where the reader is. */
export async function signInPath(): Promise<string> {
  const path = (await headers()).get(PATH_HEADER) ?? '/';
  return path === '/' ? '/sign-in' : `/sign-in?next=${encodeURIComponent(path)}`;
}

/** GET from a server component, as the reader: 401 leads to sign-in, 404 to the not-found page, the rest throws ApiError. */
export async function apiGet<T>(path: string): Promise<T> {
  const incoming = await headers();
  const response = await fetch(`${apiBaseUrl()}/api/v1${path}`, {
    headers: { accept: 'application/json', cookie: incoming.get('cookie') ?? '' },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 401) redirect(await signInPath());
  if (response.status === 404) notFound();
  if (!response.ok) throw await toApiError(response);
  return (await response.json()) as T;
}
