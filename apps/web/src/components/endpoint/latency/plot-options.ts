import type { Stats, StatsBand } from '@rollcall/contracts';
import { formatLatency, formatShortInstant } from '@rollcall/ui';
import uPlot from 'uplot';
import { LINES, type Place, WINDOW_MS } from './series.ts';

export const PLOT_HEIGHT = 220;
/** Of the names of bands above the plot. */
const LABEL_ROOM = 18;

/** What the plot draws; asked for anew with every drawing, so that fresh figures need no new plot. */
export interface Drawn {
  readonly stats: Stats;
  readonly places: readonly Place[];
  readonly nowMs: number;
}

/** The colours of the theme in force as the canvas needs them: light-dark() resolved. */
export interface Palette {
  readonly faint: string;
  readonly muted: string;
  readonly line: string;
  readonly accent: string;
  readonly down: string;
  readonly degraded: string;
  readonly maintenance: string;
}
const TOKENS: readonly (keyof Palette)[] = ['faint', 'muted', 'line', 'accent', 'down', 'degraded', 'maintenance'];

export function readPalette(host: HTMLElement): Palette {
  const entries = TOKENS.map((token) => {
    // A fresh element for each: one whose colour changes might still be on its way from the last.
    const probe = document.createElement('span');
    probe.style.color = `var(--${token})`;
    host.append(probe);
    const { color } = getComputedStyle(probe);
    probe.remove();
    return [token, color] as const;
  });
  return Object.fromEntries(entries) as unknown as Palette;
}

/** The time of day within a day, the date within a longer window. `seconds` is epoch seconds. */
function formatTick(seconds: number, window: Stats['window'], zone: string): string {
  const text = formatShortInstant(new Date(seconds * 1000).toISOString(), zone);
  return (window === '24h' ? text.split(', ')[1] : text.split(', ')[0]) ?? text;
}

interface Box {
  left: number;
  top: number;
  width: number;
  height: number;
}

function boxOf(plot: uPlot, band: StatsBand, nowMs: number): Box | null {
  const { bbox } = plot;
  const at = (ms: number) => Math.min(Math.max(plot.valToPos(ms / 1000, 'x', true), bbox.left), bbox.left + bbox.width);
  const left = at(Date.parse(band.from));
  const width = Math.max(at(band.to === null ? nowMs : Date.parse(band.to)) - left, 2 * devicePixelRatio);
  return left >= bbox.left + bbox.width ? null : { left, top: bbox.top, width, height: bbox.height };
}

/** Diagonal lines: maintenance is told from an incident without colours. */
function hatch(ctx: CanvasRenderingContext2D, { left, top, width, height }: Box, color: string): void {
  ctx.save();
  ctx.beginPath();
  ctx.rect(left, top, width, height);
  ctx.clip();
  ctx.strokeStyle = color;
  ctx.globalAlpha = 0.4;
  ctx.lineWidth = devicePixelRatio;
  ctx.beginPath();
  for (let x = left - height; x < left + width; x += 7 * devicePixelRatio) {
    ctx.moveTo(x, top + height);
    ctx.lineTo(x + height, top);
  }
  ctx.stroke();
  ctx.restore();
}

/** Shade and name; the name is left out where it would lie over the one before. Answers where its name ends. */
function drawBand(plot: uPlot, band: StatsBand, nowMs: number, palette: Palette, nameAfter: number): number {
  const box = boxOf(plot, band, nowMs);
  if (box === null) return nameAfter;
  const { ctx } = plot;
  const ratio = devicePixelRatio;
  const [color, name] =
    band.incident === null
      ? [palette.maintenance, 'Maintenance']
      : band.incident.severity === 'degraded'
        ? [palette.degraded, 'Degraded']
        : [palette.down, 'Incident'];
  ctx.save();
  ctx.fillStyle = color;
  if (band.incident === null) hatch(ctx, box, color);
  else {
    ctx.globalAlpha = 0.14;
    ctx.fillRect(box.left, box.top, box.width, box.height);
    ctx.globalAlpha = 1;
    ctx.fillRect(box.left, box.top, box.width, 2 * ratio);
  }
  ctx.globalAlpha = 1;
  ctx.font = `500 ${11 * ratio}px system-ui, sans-serif`;
  ctx.textAlign = 'left';
  ctx.textBaseline = 'bottom';
  const { width } = ctx.measureText(name);
  const left = Math.min(box.left, plot.bbox.left + plot.bbox.width - width);
  const fits = left >= nameAfter;
  if (fits) ctx.fillText(name, left, box.top - 3 * ratio);
  ctx.restore();
  return fits ? left + width + 8 * ratio : nameAfter;
}

/** A tick at the foot of the plot where probes failed, confirmed or not. */
function drawFailures(plot: uPlot, places: readonly Place[], palette: Palette): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.fillStyle = palette.down;
  for (const place of places) {
    if (place.failures === 0) continue;
    const x = plot.valToPos(Date.parse(place.at) / 1000, 'x', true);
    if (x >= bbox.left)
      ctx.fillRect(x - devicePixelRatio, bbox.top + bbox.height - 7 * devicePixelRatio, 2 * devicePixelRatio, 7 * devicePixelRatio);
  }
  ctx.restore();
}

export function dataOf({ places }: Drawn): uPlot.AlignedData {
  return [places.map(({ at }) => Date.parse(at) / 1000), ...LINES.map(({ key }) => places.map((place) => place[key]))] as uPlot.AlignedData;
}

export interface PlotInput {
  readonly width: number;
  readonly zone: string;
  readonly window: Stats['window'];
  readonly palette: Palette;
  readonly drawn: () => Drawn;
  /** The index of the place under the pointer. */
  readonly onCursor: (index: number | null) => void;
}

export function plotOptions({ width, zone, window, palette, drawn, onCursor }: PlotInput): uPlot.Options {
  const axis: uPlot.Axis = {
    stroke: palette.faint,
    grid: { stroke: palette.line, width: 1 },
    ticks: { show: false },
    font: '11px system-ui, sans-serif',
  };
  return {
    width,
    height: PLOT_HEIGHT,
    padding: [LABEL_ROOM, 18, 0, 0],
    legend: { show: false },
    cursor: { y: false, points: { size: 7 }, drag: { x: false, y: false } },
    tzDate: (seconds) => uPlot.tzDate(new Date(seconds * 1000), zone),
    scales: {
      // The first point begins with its step, a little before the window does.
      x: {
        range: (_plot, first) => {
          const { nowMs } = drawn();
          const from = (nowMs - WINDOW_MS[window]) / 1000;
          return [Math.min(first ?? from, from), nowMs / 1000];
        },
      },
      y: { range: (_plot, _min, max) => [0, Math.max(10, (max ?? 0) * 1.08)] },
    },
    axes: [
      {
        ...axis,
        grid: { show: false },
        size: 30,
        space: 80,
        values: (_plot, ticks) => ticks.map((tick) => formatTick(tick, window, zone)),
      },
      { ...axis, size: 56, values: (_plot, ticks) => ticks.map((tick) => formatLatency(tick)) },
    ],
    // Told apart by weight and dashes as well as by colour.
    series: [
      {},
      { label: 'p50', stroke: palette.accent, width: 2, points: { size: 4 } },
      { label: 'p95', stroke: palette.muted, width: 1.25, points: { size: 3 } },
      { label: 'p99', stroke: palette.faint, width: 1.25, dash: [4, 3], points: { size: 3 } },
    ],
    hooks: {
      drawClear: [
        (plot) => {
          const { stats, places, nowMs } = drawn();
          let nameAfter = 0;
          for (const band of stats.bands) nameAfter = drawBand(plot, band, nowMs, palette, nameAfter);
          drawFailures(plot, places, palette);
        },
      ],
      setCursor: [(plot) => onCursor(plot.cursor.idx ?? null)],
    },
  };
}
