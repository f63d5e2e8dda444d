'use client';
import type { Endpoint, EndpointHours, Page } from '@rollcall/contracts';
import { Button, Card, Empty } from '@rollcall/ui';
import { SearchX, Server } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { BulkBar } from '#web/components/endpoint/bulk-bar.tsx';
import { EndpointFilters } from '#web/components/endpoint/endpoint-filters.tsx';
import { EndpointTable } from '#web/components/endpoint/endpoint-table.tsx';
import { useSelection } from '#web/components/endpoint/use-selection.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { type EndpointFilter, endpointFilter, endpointsPath, hoursPath } from './search-params.ts';

const NO_FILTER = { q: '', status: null, tag: null, cause: null };
const HOURS_REFRESH_MS = 60_000;

interface Props {
  initialPath: string;
  initial: Page<Endpoint>;
  hours: EndpointHours | null;
}

export function EndpointsClient({ initialPath, initial, hours: initialHours }: Props) {
  const [filter, setFilter] = useQueryStates(endpointFilter, { history: 'replace', throttleMs: 200 });
  const path = endpointsPath(filter);
  const { data, error, isPlaceholderData } = useLive(path, path === initialPath ? initial : undefined);
  const rows = data ?? initial;
  const bars = hoursPath(rows);
  const { data: hours } = useLive(bars, bars === hoursPath(initial) ? (initialHours ?? undefined) : undefined, {
    everyMs: HOURS_REFRESH_MS,
  });
  const selection = useSelection(rows.data, endpointsPath({ ...filter, cursor: null }, 200));
  const change = (part: Partial<EndpointFilter>) => setFilter({ cursor: null, ...part });
  const filtered = filter.q !== '' || filter.status !== null || filter.tag !== null || filter.cause !== null;
  return (
    <div className="flex flex-col gap-4">
      <EndpointFilters filter={filter} change={change} />
      {error === null ? null : (
        <p role="alert" className="text-danger text-sm">
          {messageOf(error)}
        </p>
      )}
      <Card
        aria-label="Endpoints"
        aria-busy={isPlaceholderData || undefined}
        className={isPlaceholderData ? 'opacity-70 transition-opacity' : ''}
      >
        {rows.data.length > 0 ? (
          <EndpointTable
            endpoints={rows.data}
            hours={hours}
            selection={selection}
            onTag={(tag) => change({ tag })}
            onCause={(cause) => change({ cause })}
          />
        ) : filtered ? (
          <Empty
            icon={<SearchX aria-hidden className="size-5" />}
            title="No endpoint matches"
            action={<Button onClick={() => change(NO_FILTER)}>Clear the filter</Button>}
          />
        ) : (
          <Empty
            icon={<Server aria-hidden className="size-5" />}
            title="Nothing is monitored yet"
            action={
              <Button asChild variant="primary">
                <Link href="/endpoints/new">Add an endpoint</Link>
              </Button>
            }
          >
            Paste the URL of an MCP server and see in seconds whether clients can use it, and if not, why.
          </Empty>
        )}
      </Card>
      {filter.cursor === null && rows.nextCursor === null ? null : (
        <nav aria-label="Pages" className="flex justify-between">
          <Button disabled={filter.cursor === null} onClick={() => setFilter({ cursor: null }, { history: 'push' })}>
            First page
          </Button>
          <Button
            disabled={rows.nextCursor === null}
            onClick={() => setFilter({ cursor: rows.nextCursor }, { history: 'push', scroll: true })}
          >
            Next page
          </Button>
        </nav>
      )}
      <BulkBar selection={selection} more={filter.cursor !== null || rows.nextCursor !== null} />
    </div>
  );
}
