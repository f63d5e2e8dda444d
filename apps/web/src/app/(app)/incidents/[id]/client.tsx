'use client';
import { address } from '@rollcall/client';
import type { IncidentDetail } from '@rollcall/contracts';
import { Card, CardHeader, Chip, formatDuration, plainText, StatusPill } from '@rollcall/ui';
import Link from 'next/link';
import { CauseCard } from '#web/components/cause/cause-card.tsx';
import { Time, useNow } from '#web/components/clock.tsx';
import { IncidentActions, PutOff } from '#web/components/incident/actions.tsx';
import { NoteForm } from '#web/components/incident/note-form.tsx';
import { Postmortem } from '#web/components/incident/postmortem.tsx';
import { Timeline } from '#web/components/incident/timeline.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useLive } from '#web/lib/use-live.ts';

export function IncidentClient({ initial }: { initial: IncidentDetail }) {
  const { data: incident = initial } = useLive(address('/incidents/{id}', { path: { id: initial.id } }), initial);
  return (
    <>
      <PageHeader
        back={
          <Link href="/incidents" className="text-muted hover:text-ink hover:underline">
            Incidents
          </Link>
        }
        title={
          <Link href={`/endpoints/${incident.endpoint.id}`} className="hover:underline">
            {plainText(incident.endpoint.name, 200)}
          </Link>
        }
        lead={<Lead incident={incident} />}
        actions={<IncidentActions incident={incident} />}
      />
      <div className="grid items-start gap-6 lg:grid-cols-[1fr_340px]">
        <div className="flex min-w-0 flex-col gap-6">
          <CauseCard cause={incident.cause} />
          <AffectedClients incident={incident} />
          <Postmortem incident={incident} />
        </div>
        <Card aria-labelledby="timeline-heading">
          <CardHeader id="timeline-heading" title="Timeline" />
          <Timeline incident={incident} />
          <NoteForm incidentId={incident.id} />
        </Card>
      </div>
    </>
  );
}

function Lead({ incident }: { incident: IncidentDetail }) {
  const nowMs = useNow();
  const endMs = incident.resolvedAt === null ? nowMs : Date.parse(incident.resolvedAt);
  const status = incident.status === 'resolved' ? 'up' : incident.severity === 'degraded' ? 'degraded' : 'down';
  return (
    <div className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-1.5">
      <StatusPill status={status} />
      <span className="text-muted text-sm">
        {incident.status === 'open' ? 'Open for ' : 'Resolved after '}
        <span className="tabular-nums">{formatDuration(endMs - Date.parse(incident.openedAt))}</span>, since{' '}
        <Time at={incident.openedAt} as="short" />
      </span>
      <PutOff incident={incident} />
    </div>
  );
}

function AffectedClients({ incident }: { incident: IncidentDetail }) {
  if (incident.affectedClients.length === 0) return null;
  return (
    <Card aria-labelledby="affected-heading">
      <CardHeader id="affected-heading" title="Affected clients" />
      <ul className="flex flex-wrap gap-1.5 px-4 py-4">
        {incident.affectedClients.map((client) => (
          <li key={client.id}>
            <Chip className="min-h-6 px-2 text-xs">{client.name}</Chip>
          </li>
        ))}
      </ul>
    </Card>
  );
}
