'use client';
import type { Incident } from '@rollcall/contracts';
import { formatDuration, plainText, plural, StatusMark } from '@rollcall/ui';
import Link from 'next/link';
import { Time, useNow } from './clock.tsx';

/** Incidents as rows; the whole row leads to the incident. */
export function IncidentList({ incidents }: { incidents: readonly Incident[] }) {
  return (
    <ul className="divide-y">
      {incidents.map((incident) => (
        <IncidentRow key={incident.id} incident={incident} />
      ))}
    </ul>
  );
}

function IncidentRow({ incident }: { incident: Incident }) {
  const nowMs = useNow();
  const open = incident.status === 'open';
  const endMs = incident.resolvedAt === null ? nowMs : new Date(incident.resolvedAt).getTime();
  return (
    <li className="relative flex items-start gap-3 px-4 py-3 hover:bg-hover">
      <StatusMark status={open ? (incident.severity === 'degraded' ? 'degraded' : 'down') : 'up'} size={16} className="mt-[3px]" />
      <div className="min-w-0 flex-1">
        <Link prefetch={false} href={`/incidents/${incident.id}`} className="foreign line-clamp-2 font-medium after:absolute after:inset-0">
          {plainText(incident.endpoint.name, 120)}
        </Link>
        <p className="foreign line-clamp-2 text-muted text-sm">
          {incident.cause.title}
          {incident.affectedClients.length === 0 ? '' : ` · ${plural(incident.affectedClients.length, 'client')} affected`}
        </p>
      </div>
      <div className="shrink-0 text-right text-sm">
        <p className="tabular-nums">{formatDuration(endMs - new Date(incident.openedAt).getTime())}</p>
        <p className="text-faint text-xs">
          {open ? (
            incident.acknowledgedAt === null ? (
              'Open, not acknowledged'
            ) : (
              'Acknowledged'
            )
          ) : (
            <>Resolved {incident.resolvedAt === null ? null : <Time at={incident.resolvedAt} />}</>
          )}
        </p>
      </div>
    </li>
  );
}
