'use client';
import { address } from '@rollcall/client';
import type { Page, Probe } from '@rollcall/contracts';
import { Button, Card, Chip, cn, Empty, formatLatency, STATUS_LABEL, StatusMark, statusOfVerdict } from '@rollcall/ui';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Activity } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useSteadyRows } from '#web/lib/use-steady-rows.ts';

/** Probes, newest first, with the shape of each probe's time; older ones on demand. */
export function ProbeList({ endpointId, initial }: { endpointId: string; initial: Page<Probe> }) {
  const pageAt = (cursor: string | null) => address('/endpoints/{id}/probes', { path: { id: endpointId }, query: { limit: 20, cursor } });
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [pageAt(null), 'pages'],
    queryFn: ({ pageParam, signal }) => api.read(pageAt(pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    initialData: { pages: [initial], pageParams: [null] },
    // Further pages stand still while they are read; only the first one follows the present.
    refetchInterval: (query) => ((query.state.data?.pages.length ?? 1) === 1 ? 5000 : false),
  });
  const known = useMemo(() => data.pages.flatMap((page) => page.data), [data.pages]);
  // Older ones, asked for by the button, are let in at once.
  const { rows: probes } = useSteadyRows(known, ({ id }) => id, `${endpointId} ${data.pages.length}`);
  if (probes.length === 0) {
    return (
      <Card>
        <Empty icon={<Activity aria-hidden className="size-5" />} title="No probe yet">
          The first one runs within one interval.
        </Empty>
      </Card>
    );
  }
  return (
    <Card aria-label="Probes">
      <ul className="divide-y">
        {probes.map((probe) => (
          <ProbeRow key={probe.id} probe={probe} />
        ))}
      </ul>
      {hasNextPage ? (
        <div className="border-t p-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Older probes
          </Button>
        </div>
      ) : null}
    </Card>
  );
}

function ProbeRow({ probe }: { probe: Probe }) {
  const status = statusOfVerdict(probe.verdict);
  return (
    <li className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover">
      <StatusMark status={status} />
      <div className="min-w-0 flex-1 sm:flex sm:items-center sm:gap-3">
        <Link
          prefetch={false}
          href={`/endpoints/${probe.endpointId}/probes/${encodeURIComponent(probe.id)}`}
          className="block shrink-0 whitespace-nowrap tabular-nums after:absolute after:inset-0 sm:w-36"
        >
          <Time at={probe.startedAt} as="short" />
          <span className="sr-only">, {STATUS_LABEL[status]}</span>
        </Link>
        <span className={cn('foreign block truncate text-xs', probe.cause === null ? 'text-faint' : 'font-mono text-muted')}>
          {probe.cause ?? (probe.toolCount === null ? '' : `${probe.toolCount} tools`)}
        </span>
        {probe.kind === 'recheck' ? <Chip className="max-sm:mt-1">confirmation</Chip> : null}
      </div>
      <MiniWaterfall probe={probe} />
      <span className="w-16 shrink-0 text-right font-mono text-muted text-xs tabular-nums">{formatLatency(probe.durationMs)}</span>
    </li>
  );
}

/** The steps as one segmented line: enough to see which one grew. */
function MiniWaterfall({ probe }: { probe: Probe }) {
  const totalMs = Math.max(
    1,
    probe.steps.reduce((sum, step) => sum + step.ms, 0),
  );
  return (
    <span aria-hidden className="hidden h-2 w-40 shrink-0 gap-px overflow-hidden rounded-[3px] lg:flex">
      {probe.steps.map((step, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no other identity
          key={index}
          title={`${step.name} ${formatLatency(step.ms)}`}
          className={cn('h-full min-w-px', step.ok ? (index % 2 === 0 ? 'bg-accent/60' : 'bg-accent/35') : 'bg-down')}
          style={{ width: `${(step.ms / totalMs) * 100}%` }}
        />
      ))}
    </span>
  );
}
