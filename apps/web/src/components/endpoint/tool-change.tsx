'use client';
import type { ToolChange } from '@rollcall/contracts';
import { Button, Chip, cn, plainText, plural } from '@rollcall/ui';
import { Check } from 'lucide-react';
import { Time } from '#web/components/clock.tsx';
import { type DiffPart, diffWords, elide } from '#web/lib/text-diff.ts';

type Change = ToolChange['changes'][number];

const CLASS_WORD = { breaking: 'Breaking', text: 'Text', additive: 'Additive' } as const;
const CLASS_LOOK = { breaking: 'tint-down text-down', text: 'tint-degraded text-degraded', additive: 'text-muted' } as const;
const MAX_TEXT = 6000;
const SHOWN = 40;

/** JSON over several lines reads better than in one; other texts are left as they are. */
function readable(value: string): string {
  const text = plainText(value, MAX_TEXT);
  if (!/^[[{]/.test(text)) return text;
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}

/** One change of what the server offers: what, when, who accepted it, and each difference word by word. */
export function ToolChangeRow({ change, busy, onAccept }: { change: ToolChange; busy: boolean; onAccept: () => void }) {
  return (
    <li>
      <div className="flex flex-wrap items-start gap-x-3 gap-y-2 px-4 py-3 text-sm">
        <div className="min-w-0 flex-1 basis-64">
          <p className="foreign line-clamp-3 font-medium">{plainText(change.summary, 300)}</p>
          <p className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-muted text-xs">
            <Time at={change.at} as="short" />
            {change.classes.map((kind) => (
              <ClassChip key={kind} kind={kind} />
            ))}
            {change.unversioned ? <Chip>same version, unannounced</Chip> : null}
            <span className="foreign">
              {plural(change.before.count, 'tool')} before, {plural(change.after.count, 'tool')} after
            </span>
          </p>
        </div>
        {change.acknowledgedAt === null ? (
          <Button size="sm" busy={busy} onClick={onAccept}>
            <Check aria-hidden className="size-3.5" />
            Accept as new baseline
          </Button>
        ) : (
          <span className="foreign text-muted text-xs">
            {change.acknowledgedBy === 'policy'
              ? 'Recorded only, by policy'
              : `Accepted by ${plainText(change.acknowledgedBy ?? 'someone', 80)}`}
          </span>
        )}
      </div>
      {change.changes.length === 0 ? null : (
        <details className="px-4 pb-3">
          <summary className="w-fit text-muted text-sm hover:text-ink">{plural(change.total, 'difference')}</summary>
          <Differences change={change} />
        </details>
      )}
    </li>
  );
}

function ClassChip({ kind }: { kind: Change['class'] }) {
  return <Chip className={CLASS_LOOK[kind]}>{CLASS_WORD[kind]}</Chip>;
}

function Differences({ change }: { change: ToolChange }) {
  const shown = change.changes.slice(0, SHOWN);
  const tools = [...new Set(shown.map(({ tool }) => tool))];
  return (
    <div className="mt-3 flex flex-col gap-4">
      {tools.map((tool) => (
        <section key={tool ?? ''} className="min-w-0">
          <h3 className={cn('foreign mb-1.5 text-xs', tool === null ? 'text-muted' : 'font-medium font-mono')}>
            {tool === null ? 'The server itself' : plainText(tool, 160)}
          </h3>
          <ul className="flex flex-col gap-2">
            {shown
              .filter((entry) => entry.tool === tool)
              .map((entry) => (
                <Difference key={`${entry.pointer} ${entry.what}`} entry={entry} />
              ))}
          </ul>
        </section>
      ))}
      {change.total > shown.length ? (
        <p className="text-muted text-xs">{plural(change.total - shown.length, 'more difference')} in the answer of the API.</p>
      ) : null}
    </div>
  );
}

function Difference({ entry }: { entry: Change }) {
  return (
    <li className="min-w-0 overflow-hidden rounded-control border">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1 border-b bg-sunken px-3 py-1.5 text-xs">
        <ClassChip kind={entry.class} />
        <span className="foreign">{plainText(entry.what, 200)}</span>
        {entry.pointer === '' ? null : <span className="foreign font-mono text-faint">{plainText(entry.pointer, 200)}</span>}
      </div>
      <Words before={entry.before} after={entry.after} />
    </li>
  );
}

function Words({ before, after }: Pick<Change, 'before' | 'after'>) {
  const parts = elide(diffWords(readable(before ?? ''), readable(after ?? '')));
  return (
    <p
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
      tabIndex={0}
      className="foreign max-h-72 overflow-y-auto whitespace-pre-wrap px-3 py-2 font-mono text-xs leading-5 -outline-offset-2"
    >
      {parts.map((part, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other identity
        <Part key={index} part={part} />
      ))}
    </p>
  );
}

/** Not by colour alone: what went is struck out, what came is underlined, and both are said to a screen reader. */
function Part({ part: { kind, text } }: { part: DiffPart }) {
  if (kind === 'same') return <span className="text-muted">{text}</span>;
  if (kind === 'removed')
    return (
      <del className="tint-down text-down">
        <span className="sr-only">removed: </span>
        {text}
      </del>
    );
  return (
    <ins className="tint-up text-up underline decoration-1 underline-offset-2">
      <span className="sr-only">added: </span>
      {text}
    </ins>
  );
}
