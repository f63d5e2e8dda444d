'use client';
import type { IncidentDetail } from '@rollcall/contracts';
import { assertNever } from '@rollcall/core';
import { plainText, StatusMark } from '@rollcall/ui';
import { BellOff, CheckCheck, MessageSquare, Shuffle, Siren, Undo2 } from 'lucide-react';
import type { ReactNode } from 'react';
import { Time } from '#web/components/clock.tsx';

type IncidentEvent = IncidentDetail['timeline'][number];

/** The text members of an event's data; the rest of it is for machines. */
const textOf = (event: IncidentEvent, name: string): string =>
  typeof event.data[name] === 'string' ? plainText(event.data[name], 10_000) : '';

function describe(event: IncidentEvent, incident: IncidentDetail): { icon: ReactNode; title: string; text?: string; until?: string } {
  const who = event.actor === null ? '' : ` by ${plainText(event.actor, 80)}`;
  const glyph = 'size-4 text-muted';
  switch (event.type) {
    case 'opened':
      return {
        icon: <StatusMark status={incident.severity === 'degraded' ? 'degraded' : 'down'} size={15} />,
        title: 'First failing probe',
      };
    case 'cause_changed':
      return {
        icon: <Shuffle aria-hidden className={glyph} />,
        title: 'The cause changed',
        text: textOf(event, 'to') || textOf(event, 'cause'),
      };
    case 'severity_changed':
      return {
        icon: <Shuffle aria-hidden className={glyph} />,
        title: 'The severity changed',
        text: textOf(event, 'to') || textOf(event, 'severity'),
      };
    case 'flapping':
      return {
        icon: <Shuffle aria-hidden className={glyph} />,
        title: event.data['phase'] === 'ended' ? 'Calm again' : 'Flapping: further changes are told together',
      };
    case 'acknowledged':
      return { icon: <CheckCheck aria-hidden className={glyph} />, title: `Acknowledged${who}` };
    case 'unacknowledged':
      return { icon: <Undo2 aria-hidden className={glyph} />, title: `Acknowledgement taken back${who}` };
    case 'snoozed': {
      const until = textOf(event, 'until');
      return {
        icon: <BellOff aria-hidden className={glyph} />,
        title: until === '' ? `Reminders go on${who}` : `No reminders for a while${who}`,
        ...(until === '' ? {} : { until }),
      };
    }
    case 'escalated':
      return {
        icon: <Siren aria-hidden className={glyph} />,
        title: 'Nobody had acknowledged it: told further',
        text: textOf(event, 'channel'),
      };
    case 'note':
      return { icon: <MessageSquare aria-hidden className={glyph} />, title: `Note${who}`, text: textOf(event, 'text') };
    case 'resolved':
      return { icon: <StatusMark status="up" size={15} />, title: 'Recovered' };
    default:
      return assertNever(event.type);
  }
}

/** What happened, oldest first, as one reads a log. */
export function Timeline({ incident }: { incident: IncidentDetail }) {
  const events = incident.timeline.toSorted((a, b) => a.at.localeCompare(b.at));
  return (
    <ol className="flex flex-col px-4 pt-4">
      {events.map((event) => {
        const { icon, title, text, until } = describe(event, incident);
        return (
          <li
            key={event.id}
            className="relative flex gap-3 pb-5 before:absolute before:top-6 before:bottom-0 before:left-[7px] before:w-px before:bg-line last:before:hidden"
          >
            <span className="relative mt-0.5 grid size-4 shrink-0 place-items-center">{icon}</span>
            <div className="min-w-0 flex-1 text-sm">
              <p className="foreign font-medium">{title}</p>
              {text === undefined || text === '' ? null : <p className="foreign mt-0.5 whitespace-pre-wrap text-muted">{text}</p>}
              {until === undefined || Number.isNaN(Date.parse(until)) ? null : (
                <p className="mt-0.5 text-muted">
                  until <Time at={until} as="short" />
                </p>
              )}
              <Time at={event.at} as="short" className="text-faint text-xs" />
            </div>
          </li>
        );
      })}
    </ol>
  );
}
