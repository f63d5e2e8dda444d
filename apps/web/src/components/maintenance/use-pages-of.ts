'use client';
import { address } from '@rollcall/client';
import type { Maintenance, StatusPage } from '@rollcall/contracts';
import { useQueries } from '@tanstack/react-query';
import { api } from '#web/lib/api-browser.ts';
import { useLive } from '#web/lib/use-live.ts';

/**
 * On which status pages a window is shown: those with a component that it covers (docs/status-pages.md). Of a tag the endpoints are
 * asked for, 200 at most.
 */
export function usePagesOf(windows: readonly Maintenance[]): (window: Maintenance) => StatusPage[] {
  const { data } = useLive(address('/status-pages', { query: { limit: 200 } }), undefined, { everyMs: 60_000 });
  const tags = [...new Set(windows.filter(({ next }) => next !== null).flatMap((window) => window.tags))].slice(0, 20);
  const tagged = useQueries({
    queries: tags.map((tag) => {
      const path = address('/endpoints', { query: { tag, limit: 200 } });
      return {
        queryKey: [path],
        queryFn: ({ signal }: { signal: AbortSignal }) => api.read(path, { signal }),
        staleTime: 60_000,
      };
    }),
  });
  const idsOf = new Map(tags.map((tag, index) => [tag, tagged[index]?.data?.data.map(({ id }) => id) ?? []]));
  return (window) => {
    const everything = window.endpoints.length === 0 && window.tags.length === 0;
    const covered = new Set([...window.endpoints, ...window.tags.flatMap((tag) => idsOf.get(tag) ?? [])]);
    return (data?.data ?? []).filter((page) => page.components.some(({ endpoint }) => everything || covered.has(endpoint)));
  };
}
