'use client';
import type { Incident, Page } from '@rollcall/contracts';
import { Button, Card, cn, Empty } from '@rollcall/ui';
import { CircleCheckBig } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { IncidentList } from '#web/components/incident-list.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { incidentFilter, incidentsPath } from './search-params.ts';

const CHOICES = [
  { status: null, label: 'All' },
  { status: 'open', label: 'Open' },
  { status: 'resolved', label: 'Resolved' },
] as const;

export function IncidentsClient({ initialPath, initial }: { initialPath: string; initial: Page<Incident> }) {
  const [filter, setFilter] = useQueryStates(incidentFilter, { history: 'push' });
  const path = incidentsPath(filter);
  const { data } = useLive(path, path === initialPath ? initial : undefined);
  const page = data ?? initial;
  return (
    <div className="flex flex-col gap-4">
      <nav aria-label="Filter" className="flex gap-1">
        {CHOICES.map(({ status, label }) => (
          <button
            key={label}
            type="button"
            aria-pressed={filter.status === status}
            onClick={() => setFilter({ status, cursor: null })}
            className={cn(
              'h-8 rounded-control px-3 text-muted text-sm hover:bg-hover hover:text-ink',
              filter.status === status && 'bg-hover font-medium text-ink',
            )}
          >
            {label}
          </button>
        ))}
      </nav>
      <Card aria-label="Incidents">
        {page.data.length === 0 ? (
          <Empty
            icon={<CircleCheckBig aria-hidden className="size-5" />}
            title={filter.status === 'open' ? 'No open incidents' : 'No incidents'}
          >
            An incident is opened when a failure is confirmed, and resolved when recovery is.
          </Empty>
        ) : (
          <IncidentList incidents={page.data} />
        )}
      </Card>
      {filter.cursor === null && page.nextCursor === null ? null : (
        <nav aria-label="Pages" className="flex justify-between">
          <Button disabled={filter.cursor === null} onClick={() => setFilter({ cursor: null })}>
            Newest
          </Button>
          <Button disabled={page.nextCursor === null} onClick={() => setFilter({ cursor: page.nextCursor })}>
            Older
          </Button>
        </nav>
      )}
    </div>
  );
}
