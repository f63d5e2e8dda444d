'use client';
import type { Incident, Page } from '@rollcall/contracts';
import { Button, Card, cn, Empty } from '@rollcall/ui';
import { CircleCheckBig } from 'lucide-react';
import { useQueryStates } from 'nuqs';
import { IncidentList } from '#web/components/incident-list.tsx';
import { WaitingRows } from '#web/components/waiting-rows.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { useSteadyRows } from '#web/lib/use-steady-rows.ts';
import { incidentFilter, incidentsPath } from './search-params.ts';

const CHOICES = [
  { status: null, label: 'All' },
  { status: 'open', label: 'Open' },
  { status: 'resolved', label: 'Resolved' },
] as const;

export function IncidentsClient({ initialPath, initial }: { initialPath: string; initial: Page<Incident> }) {
  const [filter, setFilter] = useQueryStates(incidentFilter, { history: 'push' });
  const path = incidentsPath(filter);
  const { data, isPlaceholderData } = useLive(path, path === initialPath ? initial : undefined);
  const page = data ?? initial;
  const { rows, waiting, show } = useSteadyRows(page.data, ({ id }) => id, isPlaceholderData ? null : path);
  return (
    <div className="flex flex-col gap-4">
      <div className="flex items-center justify-between gap-4">
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
        <WaitingRows waiting={waiting} noun="incident" show={show} />
      </div>
      <Card aria-label="Incidents">
        {rows.length === 0 ? (
          <Empty
            icon={<CircleCheckBig aria-hidden className="size-5" />}
            title={filter.status === 'open' ? 'No open incidents' : 'No incidents'}
          >
            An incident is opened when a failure is confirmed, and resolved when recovery is.
          </Empty>
        ) : (
          <IncidentList incidents={rows} />
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
