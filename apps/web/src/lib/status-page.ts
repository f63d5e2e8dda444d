import type { PublicPage } from '@rollcall/contracts';
import { headers } from 'next/headers';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { toApiError } from './api-error.ts';
import { apiBaseUrl } from './env.ts';

/** The public document of a page; `locked` while the reader has not given its password. Asked once a request. */
export const readStatusPage = cache(async (slug: string): Promise<PublicPage | 'locked'> => {
  if (!/^[a-z0-9-]{1,63}$/.test(slug)) notFound();
  const cookie = (await headers()).get('cookie') ?? '';
  const response = await fetch(`${apiBaseUrl()}/status/${slug}.json`, {
    headers: { accept: 'application/json', cookie },
    cache: 'no-store',
    signal: AbortSignal.timeout(15_000),
  });
  if (response.status === 404) notFound();
  if (response.status === 401) return 'locked';
  if (!response.ok) throw await toApiError(response);
  return (await response.json()) as PublicPage;
});
