'use client';
import { address } from '@rollcall/client';
import { Card, Empty, Skeleton } from '@rollcall/ui';
import { CircleCheckBig } from 'lucide-react';
import { IncidentList } from '#web/components/incident-list.tsx';
import { useLive } from '#web/lib/use-live.ts';

export function EndpointIncidents({ endpointId }: { endpointId: string }) {
  const { data } = useLive(address('/incidents', { query: { endpoint: endpointId, limit: 50 } }));
  if (data === undefined) return <Skeleton className="h-32" />;
  return (
    <Card aria-label="Incidents">
      {data.data.length === 0 ? (
        <Empty icon={<CircleCheckBig aria-hidden className="size-5" />} title="No incident so far" />
      ) : (
        <IncidentList incidents={data.data} />
      )}
    </Card>
  );
}
