'use client';
import type { Endpoint } from '@rollcall/contracts';
import { formatLatency, plainText, StatusLabel } from '@rollcall/ui';
import Link from 'next/link';
import { Time } from '#web/components/clock.tsx';

const HEAD = 'px-3 py-2 text-left font-normal text-faint text-xs whitespace-nowrap';
const CELL = 'px-3 py-2.5 align-top';

/** One row an endpoint. On a phone the columns that can wait are left out, and status moves under the name. */
export function EndpointTable({ endpoints, onTag }: { endpoints: Endpoint[]; onTag: (tag: string) => void }) {
  return (
    <table className="w-full table-fixed text-sm">
      <caption className="sr-only">Monitored endpoints</caption>
      <thead className="border-b">
        <tr>
          <th className={`${HEAD} w-40 pl-4 max-sm:hidden`}>Status</th>
          <th className={`${HEAD} max-sm:pl-4`}>Endpoint</th>
          <th className={`${HEAD} w-[30%] max-lg:hidden`}>Cause</th>
          <th className={`${HEAD} w-22 text-right`}>Latency</th>
          <th className={`${HEAD} w-16 text-right max-lg:hidden`}>Tools</th>
          <th className={`${HEAD} w-24 pr-4 text-right max-sm:hidden`}>Last probe</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {endpoints.map((endpoint) => (
          <EndpointRow key={endpoint.id} endpoint={endpoint} onTag={onTag} />
        ))}
      </tbody>
    </table>
  );
}

function EndpointRow({ endpoint, onTag }: { endpoint: Endpoint; onTag: (tag: string) => void }) {
  const { state } = endpoint;
  return (
    <tr className="hover:bg-hover">
      <td className={`${CELL} pl-4 max-sm:hidden`}>
        <StatusLabel status={state.status} />
      </td>
      <td className={`${CELL} max-sm:pl-4`}>
        <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
          <Link prefetch={false} href={`/endpoints/${endpoint.id}`} className="foreign line-clamp-1 font-medium hover:underline">
            {plainText(endpoint.name, 120)}
          </Link>
          {endpoint.tags.length === 0 ? null : <Tags tags={endpoint.tags} onTag={onTag} />}
        </div>
        <span className="foreign line-clamp-1 break-all text-faint text-xs">{plainText(endpoint.url, 160)}</span>
        <StatusLabel status={state.status} className="mt-1 sm:hidden" />
        {state.cause === null ? null : <span className="foreign line-clamp-2 text-muted text-xs lg:hidden">{state.cause.title}</span>}
      </td>
      <td className={`${CELL} max-lg:hidden`}>
        {state.cause === null ? <None /> : <span className="foreign line-clamp-2 text-muted">{state.cause.title}</span>}
      </td>
      <td className={`${CELL} text-right font-mono text-xs leading-5 tabular-nums`}>
        {state.latencyMs === null ? <None /> : formatLatency(state.latencyMs)}
      </td>
      <td className={`${CELL} text-right font-mono text-xs leading-5 tabular-nums max-lg:hidden`}>{state.toolCount ?? <None />}</td>
      <td className={`${CELL} whitespace-nowrap pr-4 text-right text-muted text-xs leading-5 max-sm:hidden`}>
        {state.lastProbeAt === null ? <None /> : <Time at={state.lastProbeAt} />}
      </td>
    </tr>
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
