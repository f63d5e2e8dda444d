'use client';
import type { Address, Answer, PathOf } from '@rollcall/client';
import { keepPreviousData, skipToken, type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useIsLive } from '#web/components/live.tsx';
import { api } from './api-browser.ts';

/** How often what is on the screen is asked for again, while the page is visible and changes are not heard. */
const REFRESH_MS = 5000;
/** While they are: for what changes by the clock alone. */
const LIVE_REFRESH_MS = 60_000;

interface LiveOptions {
  everyMs?: number | false;
  enabled?: boolean;
}

/**
 * What the server rendered, kept fresh: first paint from `initial`, then asked again when a change of it is heard (`LiveProvider`),
 * or every few seconds where none can be heard. The key is the address, by which it is known whom a change touches; so a new filter
 * shows the old rows until the new ones are there (nothing jumps). Of null nothing is asked.
 */
export function useLive<P extends PathOf<'get'>>(
  address: Address<P> | null,
  initial?: Answer<'get', P>,
  { everyMs = REFRESH_MS, enabled = true }: LiveOptions = {},
): UseQueryResult<Answer<'get', P>> {
  const live = useIsLive();
  return useQuery({
    queryKey: [address],
    queryFn: address === null ? skipToken : ({ signal }) => api.read(address, { signal }),
    ...(initial === undefined ? { placeholderData: keepPreviousData } : { initialData: initial }),
    refetchInterval: everyMs === false || !live ? everyMs : Math.max(everyMs, LIVE_REFRESH_MS),
    enabled,
  });
}
