'use client';
import { address } from '@rollcall/client';
import type { Endpoint, IncidentDetail, Page, Probe } from '@rollcall/contracts';
import type { ClientConfig } from '@rollcall/contracts/client-config';
import { Card, CardHeader, CodeBlock, plainText, Skeleton, Tabs } from '@rollcall/ui';
import { ClientTable } from '#web/components/cause/client-verdicts.tsx';
import { Time } from '#web/components/clock.tsx';
import { useLive } from '#web/lib/use-live.ts';
import { useNewestProbe, useOpenIncident, verdictsOf } from './use-newest-probe.ts';

/** Who can connect, why not, and what each client's owner writes into its configuration. */
export function ClientsTab({
  endpoint,
  probes,
  incident: initial,
}: {
  endpoint: Endpoint;
  probes: Page<Probe>;
  incident: IncidentDetail | null;
}) {
  const { latest, detail, pending } = useNewestProbe(endpoint.id, probes);
  const incident = useOpenIncident(endpoint, initial);
  const clients = verdictsOf(detail, incident);
  const causes = [incident?.cause, detail?.causeDetail, ...(detail?.findings ?? [])].filter((cause) => cause != null);
  return (
    <div className="flex flex-col gap-6">
      <Card aria-labelledby="verdicts-heading">
        <CardHeader
          id="verdicts-heading"
          title="Who can connect"
          hint={
            latest === undefined ? undefined : (
              <>
                judged from the probe of <Time at={latest.startedAt} />
              </>
            )
          }
        />
        {pending ? (
          <Skeleton className="m-4 h-40" />
        ) : clients.length === 0 ? (
          <p className="px-4 py-5 text-muted text-sm">
            {latest === undefined
              ? 'No probe has run yet.'
              : "The newest probe's facts were not kept. Run a probe now to have every client judged."}
          </p>
        ) : (
          <ClientTable clients={clients} causes={causes} />
        )}
      </Card>
      <Configurations endpointId={endpoint.id} />
    </div>
  );
}

function Configurations({ endpointId }: { endpointId: string }) {
  const { data } = useLive(address('/endpoints/{id}/client-configs', { path: { id: endpointId } }), undefined, { everyMs: false });
  return (
    <Card aria-labelledby="configs-heading">
      <CardHeader id="configs-heading" title="Use it in a client" hint="ready to copy; where a secret belongs stands a variable" />
      <div className="min-h-40 px-4 py-4">
        {data === undefined ? (
          <Skeleton className="h-32" />
        ) : (
          <Tabs
            label="Configuration, by client"
            tabs={data.data.map((config) => ({ title: config.client, content: <Block config={config} /> }))}
          />
        )}
      </div>
    </Card>
  );
}

function Block({ config }: { config: ClientConfig }) {
  return (
    <div className="flex flex-col gap-2.5">
      {config.note === null ? null : <p className="foreign text-muted text-sm">{config.note}</p>}
      <CodeBlock label={config.file ?? (config.language === 'shell' ? 'Run once' : 'Program')} code={plainText(config.content, 20_000)} />
    </div>
  );
}
