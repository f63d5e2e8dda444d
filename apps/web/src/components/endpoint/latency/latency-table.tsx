'use client';
import type { Stats } from '@rollcall/contracts';
import { formatUtc } from '@rollcall/ui';
import { ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { useZone } from '#web/components/clock.tsx';
import { bandName, bandSpan, bandsAt, fullInstant, LINES, type Place, probesWords, say } from './series.ts';

/** The chart as a list of its incidents and a table of its points, newest first; made when it is opened. */
export function LatencyTable({ stats, places, nowMs }: { stats: Stats; places: readonly Place[]; nowMs: number }) {
  const [open, setOpen] = useState(false);
  return (
    <details onToggle={(event) => setOpen(event.currentTarget.open)} className="group text-xs">
      <summary className="inline-flex min-h-6 items-center gap-1 rounded-[5px] text-muted hover:text-ink [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-3.5 transition-transform group-open:rotate-90" />
        As a table
      </summary>
      {open ? <Opened stats={stats} places={places} nowMs={nowMs} /> : null}
    </details>
  );
}

function Opened({ stats, places, nowMs }: { stats: Stats; places: readonly Place[]; nowMs: number }) {
  const zone = useZone();
  return (
    <div className="mt-2 flex flex-col gap-3">
      {stats.bands.length === 0 ? null : (
        <ul aria-label="Incidents and maintenance of the window" className="flex flex-col gap-1">
          {stats.bands.toReversed().map((band) => (
            <li key={`${band.kind}${band.from}`} className="flex flex-wrap gap-x-2 text-muted">
              {band.incident === null ? (
                <span className="font-medium text-maintenance">Maintenance</span>
              ) : (
                <Link href={`/incidents/${band.incident.id}`} className="foreign font-medium text-ink hover:underline">
                  {bandName(band)}
                </Link>
              )}
              <span className="tabular-nums">{bandSpan(band, zone, nowMs)}</span>
            </li>
          ))}
        </ul>
      )}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keys */}
      <section tabIndex={0} aria-label="Latency by time" className="max-h-72 overflow-auto rounded-control border">
        <table className="w-full min-w-[520px] text-left">
          <thead className="sticky top-0 bg-sunken text-faint">
            <tr>
              {['Time', ...LINES.map(({ name }) => name), 'Probes', 'During'].map((name) => (
                <th key={name} scope="col" className="whitespace-nowrap px-3 py-1.5 font-medium">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y">
            {places.toReversed().map((place) => (
              <tr key={place.at}>
                <th scope="row" title={formatUtc(place.at)} className="whitespace-nowrap px-3 py-1 font-normal text-muted">
                  {fullInstant(place.at, zone)}
                </th>
                {LINES.map(({ key }) => (
                  <td key={key} className="whitespace-nowrap px-3 py-1">
                    {say(place[key])}
                  </td>
                ))}
                <td className="whitespace-nowrap px-3 py-1 text-muted">{probesWords(place)}</td>
                <td className="foreign min-w-32 px-3 py-1 text-muted">
                  {bandsAt(stats.bands, place, stats.window, nowMs).map(bandName).join(', ')}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}
