'use client';
import type { AuditLogEntry, Page } from '@rollcall/contracts';
import { Button, Callout, Card, Empty } from '@rollcall/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleAlert, ScrollText } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { AuditEntry } from '#web/components/settings/audit-entry.tsx';
import { AuditFilters } from '#web/components/settings/audit-filters.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { auditFilter, auditPath } from './search-params.ts';

export function AuditLogClient({ initialPath, initial }: { initialPath: string; initial: Page<AuditLogEntry> | null }) {
  const [filter, setFilter] = useQueryStates(auditFilter, { history: 'push' });
  const path = auditPath(filter);
  const log = useInfiniteQuery({
    queryKey: ['audit-log', path],
    queryFn: ({ pageParam, signal }) => api.read(auditPath(filter, pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    ...(path === initialPath && initial !== null ? { initialData: { pages: [initial], pageParams: [null] } } : {}),
  });
  const entries = log.data?.pages.flatMap((page) => page.data) ?? [];
  const filtered = Object.values(filter).some((value) => value !== null);
  const clear = () => setFilter({ actor: null, action: null, target: null, from: null, to: null });
  return (
    <div className="flex flex-col gap-4">
      <AuditFilters key={path} filter={filter} onChange={setFilter} {...(filtered ? { onClear: clear } : {})} />
      {log.error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(log.error)} />}
      <Card aria-label="Entries" aria-busy={log.isFetching}>
        {entries.length === 0 && !log.isFetching ? (
          <Empty icon={<ScrollText aria-hidden className="size-5" />} title={filtered ? 'No entry like this' : 'Nothing happened yet'}>
            {filtered ? 'Take away a part of the filter to see more.' : 'Every change to this organization will be written down here.'}
          </Empty>
        ) : (
          <ul className="divide-y">
            {entries.map((entry) => (
              <AuditEntry key={entry.id} entry={entry} onFilter={setFilter} />
            ))}
          </ul>
        )}
      </Card>
      {log.hasNextPage ? (
        <Button className="self-center" busy={log.isFetchingNextPage} onClick={() => log.fetchNextPage()}>
          Load more
        </Button>
      ) : null}
    </div>
  );
}
