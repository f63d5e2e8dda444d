'use client';
import type { Maintenance, StatusPage } from '@rollcall/contracts';
import { Button, Chip, Confirm, plainText, plural, StatusMark } from '@rollcall/ui';
import { CircleStop, Pencil, Repeat, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { toast } from 'sonner';
import { Time, useZone } from '#web/components/clock.tsx';
import { weekdayNames } from '#web/components/weekdays.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';
import { toWall } from '#web/lib/wall-time.ts';

/** "every week on Mon, Thu, 02:00 to 04:00, Europe/Berlin": on the clocks of its own zone. */
function repeats({ startsAt, endsAt, recurrence }: Maintenance): string | null {
  if (recurrence === null) return null;
  const { every, weekdays, timeZone, until } = recurrence;
  const clock = (at: string) => toWall(at, timeZone).slice(11);
  const days = every === 'week' && weekdays !== undefined ? ` on ${weekdayNames(weekdays)}` : '';
  const end = until === null ? '' : `, until ${toWall(until, timeZone).slice(0, 10)}`;
  return `every ${every}${days}, ${clock(startsAt)} to ${clock(endsAt)}, ${timeZone}${end}`;
}

function scopeOf({ endpoints, tags }: Maintenance): string {
  if (endpoints.length === 0 && tags.length === 0) return 'every endpoint';
  return [endpoints.length === 0 ? '' : plural(endpoints.length, 'endpoint'), tags.map((tag) => `#${tag}`).join(' ')]
    .filter(Boolean)
    .join(' and ');
}

export function WindowRow({ window, pages, onEdit }: { window: Maintenance; pages: StatusPage[]; onEdit: () => void }) {
  const zone = useZone();
  const { busy, run } = useAction<'end' | 'delete'>();
  const name = plainText(window.name, 120);
  const recurring = repeats(window);
  const past = window.next === null;
  const span = window.next ?? { from: window.startsAt, to: window.endsAt };
  const remove = () =>
    run('delete', async () => {
      await api.delete('/maintenance-windows/{id}', { path: { id: window.id } });
      toast.success(`${name} is over.`);
    });
  const endNow = () =>
    run('end', async () => {
      await api.patch('/maintenance-windows/{id}', { path: { id: window.id }, body: { endsAt: new Date().toISOString() } });
      toast.success(`${name} has ended. What fails from here on is told.`, {
        action: {
          label: 'Undo',
          onClick: () =>
            run('end', () => api.patch('/maintenance-windows/{id}', { path: { id: window.id }, body: { endsAt: window.endsAt } })),
        },
      });
    });
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-3 px-4 py-3.5">
      <StatusMark status={window.active ? 'maintenance' : past ? 'up' : 'pending'} size={16} className="mt-[3px]" />
      <div className="min-w-0 flex-1 basis-60">
        <h3 className="foreign line-clamp-2 font-medium">{name}</h3>
        <p className="text-sm">
          <Time at={span.from} as="short" /> to <Time at={span.to} as="short" /> <span className="text-muted">{zone}</span>
          {window.active ? (
            <span className="text-muted">
              {' '}
              · ends <Time at={span.to} />
            </span>
          ) : past ? null : (
            <span className="text-muted">
              {' '}
              · begins <Time at={span.from} />
            </span>
          )}
        </p>
        {recurring === null ? null : (
          <p className="flex items-baseline gap-1.5 text-muted text-sm">
            <Repeat aria-hidden className="size-3.5 shrink-0 self-center" />
            {recurring}
          </p>
        )}
        <div className="mt-1.5 flex flex-wrap items-center gap-1.5 text-muted text-xs">
          <Chip>{plainText(scopeOf(window), 120)}</Chip>
          {pages.length === 0 ? (
            <span>on no status page</span>
          ) : (
            <>
              <span>shown on</span>
              {pages.map((page) => (
                <Link key={page.id} href={`/status-pages/${page.id}`} className="foreign underline underline-offset-2 hover:text-ink">
                  {plainText(page.title, 60)}
                </Link>
              ))}
            </>
          )}
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {window.active && window.recurrence === null ? (
          <Button size="sm" busy={busy === 'end'} onClick={endNow}>
            <CircleStop aria-hidden className="size-3.5" />
            End now<span className="sr-only"> {name}</span>
          </Button>
        ) : null}
        {past ? null : (
          <Button size="sm" onClick={onEdit}>
            <Pencil aria-hidden className="size-3.5" />
            Edit<span className="sr-only"> {name}</span>
          </Button>
        )}
        {past ? null : (
          <Confirm
            trigger={
              <Button variant="ghost" size="icon" busy={busy === 'delete'} aria-label={`End ${name} for good`}>
                <Trash2 aria-hidden className="size-4" />
              </Button>
            }
            title={`End ${name} for good?`}
            description="It ends at this moment and does not come back. What of it lies behind stays out of the uptime."
            action="End it"
            onConfirm={remove}
          />
        )}
      </div>
    </li>
  );
}
