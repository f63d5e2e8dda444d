'use client';
import { address } from '@rollcall/client';
import type { IncidentDetail } from '@rollcall/contracts';
import { Button, Menu, MenuItem, plainText } from '@rollcall/ui';
import { AlarmClockOff, BellOff, Check, Megaphone } from 'lucide-react';
import { useState } from 'react';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { toastWithUndo } from '#web/lib/toast-with-undo.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';
import { PublishIncident } from './publish.tsx';

const SPANS = [
  { minutes: 30, label: '30 minutes' },
  { minutes: 60, label: '1 hour' },
  { minutes: 240, label: '4 hours' },
  { minutes: 1440, label: '1 day' },
  { minutes: 10_080, label: '1 week' },
] as const;

/** Who has it, who hears of it, and what the public reads. */
export function IncidentActions({ incident }: { incident: IncidentDetail }) {
  const [publishing, setPublishing] = useState(false);
  return (
    <>
      <SilenceMenu incident={incident} />
      {incident.status === 'open' ? <SnoozeMenu incident={incident} /> : null}
      <Button onClick={() => setPublishing(true)}>
        <Megaphone aria-hidden className="size-4" />
        Publish
      </Button>
      <Acknowledge incident={incident} />
      <PublishIncident incident={incident} open={publishing} onOpenChange={setPublishing} />
    </>
  );
}

/** What is put off, until when, and the way back. */
export function PutOff({ incident }: { incident: IncidentDetail }) {
  const { silence, end } = useSilence(incident);
  const snooze = useSnooze(incident);
  const snoozed = incident.status === 'open' ? incident.snoozedUntil : null;
  const silent = silence?.until ?? null;
  if (snoozed === null && silent === null) return null;
  return (
    <ul className="flex flex-col gap-1 text-muted text-sm">
      {snoozed === null ? null : (
        <li className="flex flex-wrap items-center gap-2">
          <AlarmClockOff aria-hidden className="size-4 text-faint" />
          No reminder and no escalation until <Time at={snoozed} as="short" />
          <Button size="sm" variant="ghost" busy={snooze.busy} onClick={() => snooze.set(null)}>
            End the snooze
          </Button>
        </li>
      )}
      {silent === null ? null : (
        <li className="flex flex-wrap items-center gap-2">
          <BellOff aria-hidden className="size-4 text-faint" />
          <span>
            The endpoint is silent until <Time at={silent} as="short" />
            {silence?.by == null ? '' : `, by ${plainText(silence.by, 80)}`}
          </span>
          <Button size="sm" variant="ghost" onClick={end}>
            End the silence
          </Button>
        </li>
      )}
    </ul>
  );
}

function useSnooze({ id }: IncidentDetail) {
  const { busy, run } = useAction<'snooze'>();
  const set = (minutes: number | null): Promise<boolean> =>
    run('snooze', async () => {
      const path = { id };
      if (minutes === null) return void (await api.delete('/incidents/{id}/snooze', { path }));
      await api.post('/incidents/{id}/snooze', { path, body: { minutes } });
      toastWithUndo('Snoozed: no reminder and no escalation.', () => set(null));
    });
  return { busy: busy !== null, set };
}

function useSilence({ endpoint }: IncidentDetail) {
  const path = { id: endpoint.id };
  const { data: silence } = useLive(address('/endpoints/{id}/silence', { path }));
  const { busy, run } = useAction<'silence'>();
  const end = () => run('silence', () => api.delete('/endpoints/{id}/silence', { path }));
  const begin = (minutes: number) =>
    run('silence', async () => {
      await api.post('/endpoints/{id}/silence', { path, body: { minutes } });
      toastWithUndo('Silenced: nobody is told anything new of this endpoint.', end);
    });
  return { silence, busy: busy !== null, begin, end };
}

function SnoozeMenu({ incident }: { incident: IncidentDetail }) {
  const { busy, set } = useSnooze(incident);
  return (
    <Menu
      trigger={
        <Button busy={busy}>
          <AlarmClockOff aria-hidden className="size-4" />
          Snooze
        </Button>
      }
    >
      {SPANS.map(({ minutes, label }) => (
        <MenuItem key={minutes} onSelect={() => set(minutes)}>
          No reminder for {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function SilenceMenu({ incident }: { incident: IncidentDetail }) {
  const { busy, begin } = useSilence(incident);
  return (
    <Menu
      trigger={
        <Button busy={busy}>
          <BellOff aria-hidden className="size-4" />
          Silence
        </Button>
      }
    >
      {SPANS.map(({ minutes, label }) => (
        <MenuItem key={minutes} onSelect={() => begin(minutes)}>
          Tell nobody for {label}
        </MenuItem>
      ))}
    </Menu>
  );
}

function Acknowledge({ incident }: { incident: IncidentDetail }) {
  const { busy, run } = useAction<'acknowledge'>();
  if (incident.acknowledgedAt !== null) {
    return (
      <span className="inline-flex items-center gap-1.5 text-muted text-sm">
        <Check aria-hidden className="size-4 text-up" />
        Acknowledged{incident.acknowledgedBy === null ? '' : ` by ${plainText(incident.acknowledgedBy, 80)}`}
      </span>
    );
  }
  if (incident.status === 'resolved') return null;
  const path = { id: incident.id };
  const takeBack = () => run('acknowledge', () => api.delete('/incidents/{id}/acknowledge', { path }));
  const acknowledge = () =>
    run('acknowledge', async () => {
      await api.post('/incidents/{id}/acknowledge', { path });
      toastWithUndo('Acknowledged: the others are told that you have it.', takeBack);
    });
  return (
    <Button variant="primary" busy={busy !== null} data-shortcut="a" aria-keyshortcuts="a" onClick={acknowledge}>
      Acknowledge
    </Button>
  );
}
