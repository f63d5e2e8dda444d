'use client';
import type { AuditLogEntry } from '@rollcall/contracts';
import { Chip, plainText } from '@rollcall/ui';
import { ChevronRight } from 'lucide-react';
import type { AuditFilter } from '#web/app/(app)/settings/audit-log/search-params.ts';
import { Time } from '#web/components/clock.tsx';
import { type Difference, differencesOf } from '#web/lib/audit-diff.ts';

const KIND_LABEL: Record<string, string> = { api_key: 'API key', system: 'Rollcall itself' };

/** Where the words of the action alone would read oddly. */
const ACTION_TEXT: Record<string, string> = {
  'account.email_changed': 'Email address changed',
  'account.email_verified': 'Email address confirmed',
  'account.renamed': 'Name changed',
  'incident.unacknowledged': 'Acknowledgement taken back',
  'provider.linked': 'Sign-in by another service added',
  'provider.unlinked': 'Sign-in by another service removed',
  'session.revoked': 'Session ended',
  'sessions.revoked': 'Sessions ended',
  'two_factor.code_used': 'Recovery code used',
  'two_factor.codes_renewed': 'Recovery codes made anew',
  'two_factor.disabled': 'Two-factor sign-in turned off',
  'two_factor.enabled': 'Two-factor sign-in turned on',
};

/** "Status page created" of `status_page.created`. */
function actionText(action: string): string {
  const known = ACTION_TEXT[action];
  if (known !== undefined) return known;
  const text = action.replace('.', ' ').replaceAll('_', ' ').replace(/^api /, 'API ');
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}

export function AuditEntry({ entry, onFilter }: { entry: AuditLogEntry; onFilter: (filter: Partial<AuditFilter>) => unknown }) {
  const kind = KIND_LABEL[entry.actorKind ?? ''];
  return (
    <li>
      <details className="group">
        <summary className="flex list-none flex-wrap items-center gap-x-3 gap-y-1 px-4 py-2.5 text-sm -outline-offset-2 hover:bg-hover [&::-webkit-details-marker]:hidden">
          <ChevronRight aria-hidden className="size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90" />
          <span className="foreign flex-1 basis-56">
            <span className="font-medium">{plainText(actionText(entry.action), 100)}</span>{' '}
            <span className="text-muted">by {plainText(entry.actor, 120)}</span>
          </span>
          <span className="foreign hidden max-w-44 truncate font-mono text-faint text-xs sm:inline">{plainText(entry.target, 60)}</span>
          {kind === undefined ? null : <Chip>{kind}</Chip>}
          <Time at={entry.at} as="short" className="shrink-0 text-faint text-xs tabular-nums" />
        </summary>
        <div className="border-t bg-sunken/50 px-4 py-3 text-sm">
          <dl className="mb-3 grid gap-x-6 gap-y-1 text-xs sm:grid-cols-2">
            <Fact name="Target" value={entry.target} onFilter={() => onFilter({ target: entry.target })} />
            <Fact name="Actor" value={entry.actor} onFilter={() => onFilter({ actor: entry.actorId ?? entry.actor })} />
            <Fact name="Action" value={entry.action} onFilter={() => onFilter({ action: entry.action })} />
            <Fact name="Address" value={entry.address ?? 'not known'} />
            {entry.userAgent === null ? null : <Fact name="Program" value={entry.userAgent} />}
          </dl>
          <Differences entry={entry} />
        </div>
      </details>
    </li>
  );
}

function Fact({ name, value, onFilter }: { name: string; value: string; onFilter?: () => void }) {
  return (
    <div className="flex gap-2">
      <dt className="w-14 shrink-0 text-muted">{name}</dt>
      <dd className="foreign font-mono">
        {onFilter === undefined ? (
          plainText(value, 200)
        ) : (
          <button
            type="button"
            onClick={onFilter}
            title="Show only these"
            className="break-all text-left underline decoration-line-strong underline-offset-4 hover:decoration-ink"
          >
            {plainText(value, 200)}
          </button>
        )}
      </dd>
    </div>
  );
}

function Differences({ entry }: { entry: AuditLogEntry }) {
  const differences = differencesOf(entry.before, entry.after);
  if (differences.length === 0) return <p className="text-muted text-xs">No settings changed with this.</p>;
  return (
    <ul aria-label="What changed" className="divide-y rounded-control border bg-surface text-xs">
      {differences.map((difference) => (
        <li key={difference.path} className="grid gap-x-4 gap-y-1 px-3 py-2 sm:grid-cols-[minmax(7rem,11rem)_1fr]">
          <span className="foreign font-mono text-muted">{plainText(difference.path, 120)}</span>
          <Sides {...difference} />
        </li>
      ))}
    </ul>
  );
}

/** What went is struck and marked −, what came is marked +: colour is not the only sign. */
function Sides({ before, after }: Difference) {
  return (
    <span className="flex min-w-0 flex-col gap-0.5">
      {before === null ? null : (
        <del className="foreign whitespace-pre-wrap text-down decoration-down/40">
          <span aria-hidden>− </span>
          {plainText(before, 2000)}
        </del>
      )}
      {after === null ? null : (
        <ins className="foreign whitespace-pre-wrap text-up no-underline">
          <span aria-hidden>+ </span>
          {plainText(after, 2000)}
        </ins>
      )}
    </span>
  );
}
