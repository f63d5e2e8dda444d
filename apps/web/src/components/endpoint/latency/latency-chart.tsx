'use client';
import type { Stats } from '@rollcall/contracts';
import { cn } from '@rollcall/ui';
import { type KeyboardEvent, useEffect, useMemo, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useZone } from '#web/components/clock.tsx';
import { LatencyTable } from './latency-table.tsx';
import { ChartLegend } from './legend.tsx';
import { type Drawn, dataOf, PLOT_HEIGHT, plotOptions, readPalette } from './plot-options.ts';
import { bandName, bandsAt, instantWords, LINES, type Line, pointWords, probesWords, withBreaks } from './series.ts';

/** Fires when the theme changes, by the reader's choice or the system's. */
function onThemeChange(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const system = window.matchMedia('(prefers-color-scheme: dark)');
  system.addEventListener('change', notify);
  return () => {
    observer.disconnect();
    system.removeEventListener('change', notify);
  };
}

const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10 };

/**
 * Median, 95th and 99th percentile over the window, with its incidents and maintenance. The pointer and the arrow keys
 * walk the points; the lines above say what is there, and the table below holds it all.
 */
export function LatencyChart({ stats, intervalSeconds }: { stats: Stats; intervalSeconds: number }) {
  const host = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const zone = useZone();
  const [place, setPlace] = useState<number | null>(null);
  const [hidden, setHidden] = useState<ReadonlySet<Line['key']>>(new Set());
  const [themeCount, setThemeCount] = useState(0);
  useEffect(() => onThemeChange(() => setThemeCount((count) => count + 1)), []);

  const places = useMemo(() => withBreaks(stats, intervalSeconds), [stats, intervalSeconds]);
  // The window ends now, or with what is known.
  const nowMs = useMemo(() => Math.max(Date.now(), Date.parse(places.at(-1)?.at ?? '') || 0), [places]);
  const drawn = useRef<Drawn>({ stats, places, nowMs });
  drawn.current = { stats, places, nowMs };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours, read from the page
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const options = plotOptions({
      width: element.clientWidth,
      zone,
      window: stats.window,
      palette: readPalette(element),
      drawn: () => drawn.current,
      onCursor: setPlace,
    });
    const made = new uPlot(options, dataOf(drawn.current), element);
    plot.current = made;
    const resize = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height: PLOT_HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      made.destroy();
      plot.current = null;
      setPlace(null);
    };
  }, [stats.window, zone, themeCount]);
  useEffect(() => plot.current?.setData(dataOf({ stats, places, nowMs })), [stats, places, nowMs]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a plot drawn anew shows what the old one did
  useEffect(() => {
    for (const [index, { key }] of LINES.entries()) plot.current?.setSeries(index + 1, { show: !hidden.has(key) });
  }, [hidden, stats.window, zone, themeCount]);

  const shown = place === null ? undefined : places[place];
  const during = shown === undefined ? [] : bandsAt(stats.bands, shown, stats.window, nowMs);
  const toggle = (key: Line['key']) => {
    const others = new Set(hidden);
    if (!others.delete(key)) others.add(key);
    if (others.size < LINES.length) setHidden(others);
  };
  const goTo = (wanted: number) => {
    const index = Math.min(Math.max(wanted, 0), places.length - 1);
    const at = places[index]?.at;
    if (at === undefined || plot.current === null) return;
    plot.current.setCursor({ left: Math.max(0, plot.current.valToPos(Date.parse(at) / 1000, 'x')), top: 0 });
    setPlace(index);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = STEPS[event.key];
    const wanted =
      event.key === 'Home'
        ? 0
        : event.key === 'End'
          ? places.length - 1
          : step === undefined
            ? null
            : (place ?? places.length - (step < 0 ? 0 : 1)) + step;
    if (wanted === null) return;
    event.preventDefault();
    goTo(wanted);
  };
  const newest = places.at(-1);
  return (
    <figure className="m-0 flex flex-col gap-2">
      <figcaption className="flex flex-col gap-1">
        <ChartLegend stats={stats} point={shown} hidden={hidden} onToggle={toggle} />
        <p aria-hidden className="min-h-[17px] truncate text-muted text-xs tabular-nums">
          {shown === undefined
            ? `The whole window of ${stats.window}`
            : [instantWords(shown.at, zone), probesWords(shown), ...during.map(bandName)].join(' · ')}
        </p>
      </figcaption>
      <div
        ref={host}
        role="slider"
        tabIndex={0}
        aria-label="Latency, point by point"
        aria-orientation="horizontal"
        aria-valuemin={1}
        aria-valuemax={places.length}
        aria-valuenow={(place ?? places.length - 1) + 1}
        aria-valuetext={
          shown === undefined
            ? newest && pointWords(newest, bandsAt(stats.bands, newest, stats.window, nowMs), zone)
            : pointWords(shown, during, zone)
        }
        onKeyDown={onKeyDown}
        onBlur={() => plot.current?.setCursor({ left: -10, top: -10 })}
        className={cn('-outline-offset-1 rounded-control')}
        style={{ height: PLOT_HEIGHT }}
      />
      <LatencyTable stats={stats} places={places} nowMs={nowMs} />
    </figure>
  );
}
