'use client';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { api } from './api-browser.ts';

/** How often what is on the screen is asked for again, while the page is visible. */
const REFRESH_MS = 5000;

/**
 * What the server rendered, kept fresh: first paint from `initial`, then asked again every few seconds. The key is the
 * path, so a new filter shows the old rows until the new ones are there (nothing jumps).
 */
export function useLive<T>(
  path: string,
  initial?: T,
  { everyMs = REFRESH_MS, enabled = true }: { everyMs?: number | false; enabled?: boolean } = {},
) {
  return useQuery<T>({
    queryKey: [path],
    queryFn: ({ signal }) => api<T>(path, { signal }),
    ...(initial === undefined ? { placeholderData: keepPreviousData } : { initialData: initial }),
    refetchInterval: everyMs,
    enabled,
  });
}
