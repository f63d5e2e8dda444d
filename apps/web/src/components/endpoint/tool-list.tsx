'use client';
import type { ToolsSeen } from '@rollcall/contracts';
import { Button, Chip, CodeBlock, cn, formatBytes, Input, plainText, plural } from '@rollcall/ui';
import { ChevronRight } from 'lucide-react';
import { useMemo, useState } from 'react';

type Tool = ToolsSeen['data'][number];

/** Rows at first; a server may list thousands. */
const SHOWN = 100;
const SEARCH_FROM = 8;
const MAX_SCHEMA = 40_000;

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
const textOf = (value: unknown): string | null => (typeof value === 'string' && value.trim() !== '' ? value : null);
const sizeOf = (tool: Tool): number => new TextEncoder().encode(JSON.stringify(tool)).length;

/** The hints of the server about what a call does (2025-11-25 tools, "ToolAnnotations"); they prove nothing. */
const HINTS: [string, string, string][] = [
  ['readOnlyHint', 'reads only', 'writes'],
  ['destructiveHint', 'destructive', 'not destructive'],
  ['idempotentHint', 'idempotent', 'not idempotent'],
  ['openWorldHint', 'open world', 'closed world'],
];

function hintsOf({ annotations }: Tool & { annotations?: unknown }): string[] {
  if (!isRecord(annotations)) return [];
  return HINTS.flatMap(([key, yes, no]) => (annotations[key] === true ? [yes] : annotations[key] === false ? [no] : []));
}

/** Every tool on a line, its definition folded. Everything here is the server's own text. */
export function ToolList({ tools }: { tools: Tool[] }) {
  const [query, setQuery] = useState('');
  const [limit, setLimit] = useState(SHOWN);
  const wanted = query.trim().toLowerCase();
  const found = useMemo(
    () => tools.filter((tool) => `${tool.name} ${textOf(tool['description']) ?? ''}`.toLowerCase().includes(wanted)),
    [tools, wanted],
  );
  return (
    <>
      {tools.length < SEARCH_FROM ? null : (
        <search className="block border-b px-4 py-3">
          <Input
            type="search"
            aria-label="Search the tools"
            placeholder="Name or description"
            className="max-w-sm"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
          />
        </search>
      )}
      {found.length === 0 ? <p className="px-4 py-5 text-muted text-sm">No tool matches.</p> : null}
      <ul className="divide-y">
        {found.slice(0, limit).map((tool, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a server may give one name to several tools
          <li key={`${tool.name}${index}`}>
            <ToolRow tool={tool} />
          </li>
        ))}
      </ul>
      {found.length > limit ? (
        <div className="border-t p-3 text-center">
          <Button onClick={() => setLimit(limit + 400)}>{plural(found.length - limit, 'more tool')}</Button>
        </div>
      ) : null}
    </>
  );
}

function ToolRow({ tool }: { tool: Tool }) {
  // The definition is made only once somebody opens it.
  const [open, setOpen] = useState(false);
  const description = textOf(tool['description']);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="flex items-start gap-2 px-4 py-2.5 text-sm -outline-offset-2 hover:bg-hover">
        <ChevronRight aria-hidden className={cn('mt-0.5 size-3.5 shrink-0 text-faint transition-transform', open && 'rotate-90')} />
        <span className="min-w-0 flex-1">
          <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
            <span className="foreign line-clamp-2 font-medium font-mono text-xs">{plainText(tool.name, 160) || '(no name)'}</span>
            {hintsOf(tool).map((hint) => (
              <Chip key={hint}>{hint}</Chip>
            ))}
            <span className="ml-auto shrink-0 text-faint text-xs tabular-nums">{formatBytes(sizeOf(tool))}</span>
          </span>
          {description === null ? null : (
            <span className="foreign mt-0.5 line-clamp-1 text-muted text-xs">{plainText(description, 300)}</span>
          )}
        </span>
      </summary>
      {open ? <Definition tool={tool} description={description} /> : null}
    </details>
  );
}

function Definition({ tool, description }: { tool: Tool; description: string | null }) {
  const { name: _name, description: _description, inputSchema, outputSchema, ...rest } = tool as Record<string, unknown>;
  const parts = [
    ['Input schema', inputSchema],
    ['Output schema', outputSchema],
    ['Everything else', Object.keys(rest).length === 0 ? undefined : rest],
  ] as const;
  return (
    <div className="flex flex-col gap-3 pt-1 pr-4 pb-4 pl-9.5">
      {description === null ? null : <p className="foreign max-w-prose whitespace-pre-wrap text-sm">{plainText(description, 12_000)}</p>}
      {parts.map(([label, value]) =>
        value === undefined ? null : (
          <CodeBlock key={label} wrap label={label} code={plainText(JSON.stringify(value, null, 2) ?? '', MAX_SCHEMA)} />
        ),
      )}
      {parts.every(([, value]) => value === undefined) && description === null ? (
        <p className="text-muted text-sm">Only the name of this tool was kept.</p>
      ) : null}
    </div>
  );
}
