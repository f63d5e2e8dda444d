'use client';
import type { Address, Answer, PathOf } from '@rollcall/client';
import { keepPreviousData, skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { api } from './api-browser.ts';

/** How often what is on the screen is asked for again, while the page is visible. */
const REFRESH_MS = 5000;

interface LiveOptions {
  everyMs?: number | false;
  enabled?: boolean;
}

/**
 * What the server rendered, kept fresh: first paint from `initial`, then asked again every few seconds. The key is the
 * address, so a new filter shows the old rows until the new ones are there (nothing jumps). Of null nothing is asked.
 */
export function useLive<P extends PathOf<'get'>>(
  address: Address<P> | null,
  initial?: Answer<'get', P>,
  { everyMs = REFRESH_MS, enabled = true }: LiveOptions = {},
): UseQueryResult<Answer<'get', P>> {
  return useQuery({
    queryKey: [address],
    queryFn: address === null ? skipToken : ({ signal }) => api.read(address, { signal }),
    ...(initial === undefined ? { placeholderData: keepPreviousData } : { initialData: initial }),
    refetchInterval: everyMs,
    enabled,
  });
}
