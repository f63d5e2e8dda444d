import type { Overview } from '@rollcall/contracts';
import { Card, CardHeader, Chip, plainText, plural, StatusMark } from '@rollcall/ui';
import { GitCompareArrows } from 'lucide-react';
import Link from 'next/link';
import { Time } from '#web/components/clock.tsx';
import { useSteadyRows } from '#web/lib/use-steady-rows.ts';

const CLASS_WORD = { breaking: 'breaking', text: 'text', additive: 'additive' } as const;
const URGENT_DAYS = 7;

/** Changes of tools that nobody has accepted yet. */
export function Drift({ changes: fresh }: { changes: Overview['toolChanges'] }) {
  const { rows: changes } = useSteadyRows(fresh, ({ id }) => id, 'drift');
  return (
    <Card aria-labelledby="drift">
      <CardHeader id="drift" title="Changed tools" hint="7 days, not yet accepted" />
      {changes.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">Every change of the tools is accepted.</p>
      ) : (
        <ul className="divide-y">
          {changes.map((change) => (
            <li key={change.id} className="relative flex items-start gap-3 px-4 py-2.5 text-sm hover:bg-hover">
              <GitCompareArrows aria-hidden className="mt-0.5 size-4 shrink-0 text-faint" />
              <div className="min-w-0 flex-1">
                <Link
                  prefetch={false}
                  href={`/endpoints/${change.endpoint.id}?tab=tools`}
                  className="foreign line-clamp-1 font-medium after:absolute after:inset-0"
                >
                  {plainText(change.endpoint.name, 80)}
                </Link>
                <p className="foreign line-clamp-2 text-muted">{plainText(change.summary, 200)}</p>
              </div>
              <Chip>{CLASS_WORD[change.class]}</Chip>
              <Time at={change.at} className="shrink-0 text-faint text-xs leading-5" />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** Certificates that end soon or have ended. */
export function Certificates({ rows: fresh }: { rows: Overview['certificates'] }) {
  const { rows } = useSteadyRows(fresh, ({ endpoint }) => endpoint.id, 'certificates');
  return (
    <Card aria-labelledby="certificates">
      <CardHeader id="certificates" title="Certificates" hint="that end within 30 days" />
      {rows.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">None ends soon.</p>
      ) : (
        <ul className="divide-y">
          {rows.map(({ endpoint, notAfter, daysLeft }) => (
            <li key={endpoint.id} className="relative flex items-center gap-3 px-4 py-2.5 text-sm hover:bg-hover">
              <StatusMark status={daysLeft < 0 ? 'down' : daysLeft < URGENT_DAYS ? 'degraded' : 'pending'} />
              <Link
                prefetch={false}
                href={`/endpoints/${endpoint.id}`}
                className="foreign line-clamp-1 flex-1 font-medium after:absolute after:inset-0"
              >
                {plainText(endpoint.name, 80)}
              </Link>
              <span className="shrink-0 text-muted text-xs tabular-nums">
                {daysLeft < 0 ? 'ended' : daysLeft === 0 ? 'ends today' : `${plural(daysLeft, 'day')} left`},{' '}
                <Time at={notAfter} as="short" />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
