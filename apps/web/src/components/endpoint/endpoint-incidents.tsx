'use client';
import { address } from '@rollcall/client';
import type { Incident } from '@rollcall/contracts';
import { Card, Empty, Skeleton } from '@rollcall/ui';
import { CircleCheckBig } from 'lucide-react';
import { IncidentList } from '#web/components/incident-list.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { useSteadyRows } from '#web/lib/use-steady-rows.ts';

const NONE: readonly Incident[] = [];

export function EndpointIncidents({ endpointId }: { endpointId: string }) {
  const path = address('/incidents', { query: { endpoint: endpointId, limit: 50 } });
  const { data } = useLive(path);
  const { rows } = useSteadyRows(data?.data ?? NONE, ({ id }) => id, data === undefined ? null : path);
  if (data === undefined) return <Skeleton className="h-32" />;
  return (
    <Card aria-label="Incidents">
      {rows.length === 0 ? (
        <Empty icon={<CircleCheckBig aria-hidden className="size-5" />} title="No incident so far" />
      ) : (
        <IncidentList incidents={rows} />
      )}
    </Card>
  );
}
