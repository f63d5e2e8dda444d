'use client';
import type { Endpoint, Page } from '@rollcall/contracts';
import { Button, Card, Chip, Empty, Input, plainText, Select, STATUS_LABEL, STATUS_ORDER } from '@rollcall/ui';
import { Search, SearchX, Server, X } from 'lucide-react';
import Link from 'next/link';
import { useQueryStates } from 'nuqs';
import { EndpointTable } from '#web/components/endpoint/endpoint-table.tsx';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { type EndpointFilter, endpointFilter, endpointsPath } from './search-params.ts';

export function EndpointsClient({ initialPath, initial }: { initialPath: string; initial: Page<Endpoint> }) {
  const [filter, setFilter] = useQueryStates(endpointFilter, { history: 'replace', throttleMs: 200 });
  const path = endpointsPath(filter);
  const { data, error, isPlaceholderData } = useLive<Page<Endpoint>>(path, path === initialPath ? initial : undefined);
  const rows = data ?? initial;
  const change = (part: Partial<EndpointFilter>) => setFilter({ cursor: null, ...part });
  const filtered = filter.q !== '' || filter.status !== null || filter.tag !== null;
  return (
    <div className="flex flex-col gap-4">
      <Filters filter={filter} change={change} />
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
          <EndpointTable endpoints={rows.data} onTag={(tag) => change({ tag })} />
        ) : filtered ? (
          <Empty
            icon={<SearchX aria-hidden className="size-5" />}
            title="No endpoint matches"
            action={<Button onClick={() => change({ q: '', status: null, tag: null })}>Clear the filter</Button>}
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
    </div>
  );
}

function Filters({ filter, change }: { filter: EndpointFilter; change: (part: Partial<EndpointFilter>) => void }) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="relative min-w-0 flex-1 basis-56 sm:max-w-sm">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
        <Input
          type="search"
          aria-label="Search by name or URL"
          placeholder="Name or URL"
          maxLength={200}
          className="pl-8"
          value={filter.q}
          onChange={(event) => change({ q: event.target.value })}
        />
      </div>
      <Select
        aria-label="Status"
        className="w-44"
        value={filter.status ?? ''}
        onChange={(event) => change({ status: STATUS_ORDER.find((status) => status === event.target.value) ?? null })}
      >
        <option value="">Every status</option>
        {STATUS_ORDER.map((status) => (
          <option key={status} value={status}>
            {STATUS_LABEL[status]}
          </option>
        ))}
      </Select>
      {filter.tag === null ? null : (
        <Button size="sm" onClick={() => change({ tag: null })} aria-label={`Remove the filter by tag ${filter.tag}`}>
          <Chip className="border-0">{plainText(filter.tag, 40)}</Chip>
          <X aria-hidden className="size-3.5" />
        </Button>
      )}
    </search>
  );
}
