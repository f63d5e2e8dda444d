'use client';
import type { Stats } from '@rollcall/contracts';
import { formatLatency, formatShortInstant } from '@rollcall/ui';
import { useEffect, useRef, useState } from 'react';
import uPlot from 'uplot';
import { useZone } from '#web/components/clock.tsx';

const HEIGHT = 200;

/** A token's colour as the canvas needs it: light-dark() resolved for the theme in force. */
function resolveColor(host: HTMLElement, token: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${token})`;
  host.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

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

/** Spans in which a probe failed, shaded behind the lines. */
function drawFailures(series: Stats['series'], color: string) {
  return (plot: uPlot) => {
    const { ctx, bbox } = plot;
    ctx.save();
    ctx.fillStyle = color;
    ctx.globalAlpha = 0.16;
    series.forEach((point, index) => {
      if (point.failures === 0) return;
      const from = plot.valToPos(Date.parse(point.at) / 1000, 'x', true);
      const next = series[index + 1];
      const to = next === undefined ? bbox.left + bbox.width : plot.valToPos(Date.parse(next.at) / 1000, 'x', true);
      ctx.fillRect(Math.max(from, bbox.left), bbox.top, Math.max(to - from, 2), bbox.height);
    });
    ctx.restore();
  };
}

/** The time of day within a day, the date within a longer window. `seconds` is epoch seconds. */
function formatTick(seconds: number, window: Stats['window'], zone: string): string {
  const text = formatShortInstant(new Date(seconds * 1000).toISOString(), zone);
  return (window === '24h' ? text.split(', ')[1] : text.split(', ')[0]) ?? text;
}

interface Hover {
  at: string;
  p50: number | null;
  p95: number | null;
}

/** Median and 95th percentile over the window. The line above says the values under the pointer. */
export function LatencyChart({ stats }: { stats: Stats }) {
  const host = useRef<HTMLDivElement>(null);
  const zone = useZone();
  const [hover, setHover] = useState<Hover | null>(null);
  const [themeCount, setThemeCount] = useState(0);
  useEffect(() => onThemeChange(() => setThemeCount((count) => count + 1)), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new theme means new colours, read from the page
  useEffect(() => {
    const element = host.current;
    if (element === null) return;
    const color = (token: string) => resolveColor(element, token);
    const { series } = stats;
    const axis = {
      stroke: color('--faint'),
      grid: { stroke: color('--line'), width: 1 },
      ticks: { show: false },
      font: '11px system-ui, sans-serif',
    };
    const options: uPlot.Options = {
      width: element.clientWidth,
      height: HEIGHT,
      padding: [8, 0, 0, 0],
      legend: { show: false },
      cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
      tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
      scales: { y: { range: (_plot, _min, max) => [0, Math.max(10, (max ?? 0) * 1.1)] } },
      axes: [
        { ...axis, grid: { show: false }, space: 80, values: (_plot, ticks) => ticks.map((tick) => formatTick(tick, stats.window, zone)) },
        { ...axis, size: 56, values: (_plot, ticks) => ticks.map((tick) => formatLatency(tick)) },
      ] as uPlot.Axis[],
      series: [
        {},
        { label: 'p95', stroke: color('--line-strong'), width: 1.5, points: { show: false } },
        { label: 'p50', stroke: color('--accent'), width: 2, points: { show: false } },
      ],
      hooks: {
        drawClear: [drawFailures(series, color('--down'))],
        setCursor: [
          (plot) => {
            const point = plot.cursor.idx === null || plot.cursor.idx === undefined ? undefined : series[plot.cursor.idx];
            setHover(point === undefined ? null : { at: point.at, p50: point.p50, p95: point.p95 });
          },
        ],
      },
    };
    const data: uPlot.AlignedData = [series.map((p) => Date.parse(p.at) / 1000), series.map((p) => p.p95), series.map((p) => p.p50)];
    const plot = new uPlot(options, data, element);
    const resize = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resize.observe(element);
    return () => {
      resize.disconnect();
      plot.destroy();
    };
  }, [stats, zone, themeCount]);

  const { p50, p95, p99 } = stats.latencyMs;
  const say = (ms: number | null) => (ms === null ? '–' : formatLatency(ms));
  return (
    <figure className="m-0">
      <figcaption className="mb-2 flex min-h-5 flex-wrap items-center gap-x-4 text-muted text-xs tabular-nums">
        <LegendItem className="bg-accent" text={`Median ${say(hover ? hover.p50 : p50)}`} />
        <LegendItem className="bg-line-strong" text={`95th percentile ${say(hover ? hover.p95 : p95)}`} />
        {hover === null ? <span>99th percentile {say(p99)}</span> : <span className="ml-auto">{formatShortInstant(hover.at, zone)}</span>}
      </figcaption>
      <div
        ref={host}
        role="img"
        aria-label={`Latency over ${stats.window}: median ${say(p50)}, 95th percentile ${say(p95)}, 99th percentile ${say(p99)}`}
        style={{ height: HEIGHT }}
      />
    </figure>
  );
}

function LegendItem({ className, text }: { className: string; text: string }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <span aria-hidden className={`h-0.5 w-3 rounded-full ${className}`} />
      {text}
    </span>
  );
}
