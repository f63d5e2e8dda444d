'use client';
import type { Endpoint, EndpointHours } from '@rollcall/contracts';
import { cn, formatLatency, plainText, StatusLabel } from '@rollcall/ui';
import Link from 'next/link';
import { Time } from '#web/components/clock.tsx';
import { HourBars } from './hour-bars.tsx';
import type { Selection } from './use-selection.ts';

const HEAD = 'px-3 py-2 text-left font-normal text-faint text-xs whitespace-nowrap';
const CELL = 'px-3 py-2.5 align-top';

interface TableProps {
  endpoints: Endpoint[];
  hours: EndpointHours | undefined;
  selection: Selection;
  onTag: (tag: string) => void;
  onCause: (cause: string) => void;
}

/** One row an endpoint. On a phone the columns that can wait are left out, and status moves under the name. */
export function EndpointTable({ endpoints, hours, selection, onTag, onCause }: TableProps) {
  const byId = new Map(hours?.data.map((entry) => [entry.id, entry.hours]));
  const ticked = endpoints.filter(({ id }) => selection.ids.has(id)).length;
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Monitored endpoints</caption>
      <thead className="border-b">
        <tr>
          <th className="w-10 py-2 pl-4 text-left">
            <Tick
              label="Select every endpoint on this page"
              checked={ticked === endpoints.length}
              mixed={ticked > 0 && ticked < endpoints.length}
              onTick={selection.togglePage}
            />
          </th>
          <th className={`${HEAD} w-38 max-sm:hidden`}>Status</th>
          <th className={HEAD}>Endpoint</th>
          <th className={`${HEAD} w-37 max-md:hidden`}>24 hours</th>
          <th className={`${HEAD} w-[24%] max-lg:hidden`}>Cause</th>
          <th className={`${HEAD} w-20 text-right max-sm:pr-4`}>Latency</th>
          <th className={`${HEAD} w-14 text-right max-xl:hidden`}>Tools</th>
          <th className={`${HEAD} w-24 pr-4 text-right max-sm:hidden`}>Last probe</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {endpoints.map((endpoint) => (
          <EndpointRow
            key={endpoint.id}
            endpoint={endpoint}
            hours={byId.get(endpoint.id)}
            ticked={selection.ids.has(endpoint.id)}
            onTick={(range) => selection.toggle(endpoint, range)}
            onTag={onTag}
            onCause={onCause}
          />
        ))}
      </tbody>
    </table>
  );
}

interface RowProps extends Pick<TableProps, 'onTag' | 'onCause'> {
  endpoint: Endpoint;
  hours: EndpointHours['data'][number]['hours'] | undefined;
  ticked: boolean;
  onTick: (range: boolean) => void;
}

function EndpointRow({ endpoint, hours, ticked, onTick, onTag, onCause }: RowProps) {
  const { state } = endpoint;
  const name = plainText(endpoint.name, 120);
  return (
    <tr className={cn('hover:bg-hover', ticked && 'bg-hover')}>
      <td className="py-2.5 pl-4 align-top">
        <Tick label={`Select ${name}`} checked={ticked} onTick={onTick} />
      </td>
      <td className={`${CELL} max-sm:hidden`}>
        <StatusLabel status={state.status} />
      </td>
      <td className={CELL}>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link prefetch={false} href={`/endpoints/${endpoint.id}`} className="foreign line-clamp-1 font-medium hover:underline">
            {name}
          </Link>
          {endpoint.tags.length === 0 ? null : <Tags tags={endpoint.tags} onTag={onTag} />}
        </div>
        <span className="foreign line-clamp-1 break-all text-faint text-xs">{plainText(endpoint.url, 160)}</span>
        <StatusLabel status={state.status} className="mt-1 sm:hidden" />
        {state.cause === null ? null : <CauseButton cause={state.cause} onCause={onCause} className="text-xs lg:hidden" />}
      </td>
      <td className={`${CELL} max-md:hidden`}>
        <HourBars hours={hours} />
      </td>
      <td className={`${CELL} max-lg:hidden`}>{state.cause === null ? <None /> : <CauseButton cause={state.cause} onCause={onCause} />}</td>
      <td className={`${CELL} text-right font-mono text-xs leading-5 tabular-nums max-sm:pr-4`}>
        {state.latencyMs === null ? <None /> : formatLatency(state.latencyMs)}
      </td>
      <td className={`${CELL} text-right font-mono text-xs leading-5 tabular-nums max-xl:hidden`}>{state.toolCount ?? <None />}</td>
      <td className={`${CELL} whitespace-nowrap pr-4 text-right text-muted text-xs leading-5 max-sm:hidden`}>
        {state.lastProbeAt === null ? <None /> : <Time at={state.lastProbeAt} />}
      </td>
    </tr>
  );
}

interface TickProps {
  label: string;
  checked: boolean;
  mixed?: boolean;
  /** `range`: with the shift key held. */
  onTick: (range: boolean) => void;
}

/** The whole cell takes the click; the space bar takes it by keyboard, with shift for a range. */
function Tick({ label, checked, mixed = false, onTick }: TickProps) {
  return (
    <label className="-m-2 flex w-fit p-2 pt-2.5">
      <input
        type="checkbox"
        aria-label={label}
        className="size-3.5 accent-accent"
        checked={checked}
        ref={(box) => {
          if (box !== null) box.indeterminate = mixed;
        }}
        onClick={(event) => onTick(event.shiftKey)}
        readOnly
      />
    </label>
  );
}

function CauseButton({
  cause,
  onCause,
  className,
}: {
  cause: NonNullable<Endpoint['state']['cause']>;
  onCause: (code: string) => void;
  className?: string;
}) {
  return (
    <button
      type="button"
      onClick={() => onCause(cause.code)}
      title={`Only endpoints that fail with ${cause.code}`}
      className={cn('foreign line-clamp-2 text-left text-muted hover:text-ink hover:underline', className)}
    >
      {cause.title}
    </button>
  );
}

function None() {
  return (
    <span className="text-faint">
      <span aria-hidden>–</span>
      <span className="sr-only">none</span>
    </span>
  );
}

function Tags({ tags, onTag }: { tags: string[]; onTag: (tag: string) => void }) {
  return (
    <ul aria-label="Tags" className="flex min-w-0 flex-wrap gap-1">
      {tags.slice(0, 3).map((tag) => (
        <li key={tag} className="min-w-0">
          <button
            type="button"
            onClick={() => onTag(tag)}
            title={`Only endpoints tagged ${tag}`}
            className="block min-h-5 max-w-36 truncate rounded-[5px] border bg-sunken px-1.5 text-2xs text-muted hover:border-line-strong hover:text-ink"
          >
            {tag}
          </button>
        </li>
      ))}
      {tags.length > 3 ? <li className="px-1 text-faint text-xs">+{tags.length - 3}</li> : null}
    </ul>
  );
}
