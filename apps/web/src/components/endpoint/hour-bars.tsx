import type { EndpointHours } from '@rollcall/contracts';
import { STATUS_LABEL } from '@rollcall/ui';

type Hour = EndpointHours['data'][number]['hours'][number];

const [BAR, GAP, HEIGHT] = [4, 1, 18];
/** Not by colour alone: a bad hour is a shorter bar. */
const LOOK: Record<Hour, { fill: string; height: number }> = {
  up: { fill: 'fill-up', height: HEIGHT },
  gated: { fill: 'fill-gated', height: HEIGHT },
  degraded: { fill: 'fill-degraded', height: 13 },
  down: { fill: 'fill-down', height: 8 },
  no_data: { fill: 'fill-line-strong', height: 3 },
};
const ORDER: Hour[] = ['down', 'degraded', 'gated', 'up', 'no_data'];

/** Hours by what they were, worst first: what a screen reader hears. */
function describe(hours: readonly Hour[]): string {
  const parts = ORDER.map((status) => [status, hours.filter((hour) => hour === status).length] as const).filter(([, count]) => count > 0);
  return `Last 24 hours: ${parts.map(([status, count]) => `${STATUS_LABEL[status].toLowerCase()} ${count} h`).join(', ')}`;
}

/** The last 24 hours, the running one at the right. One path a status, so that a page of rows stays light. */
export function HourBars({ hours }: { hours: readonly Hour[] | undefined }) {
  const width = 24 * (BAR + GAP) - GAP;
  if (hours === undefined) return <span aria-hidden className="block" style={{ width, height: HEIGHT }} />;
  const text = describe(hours);
  return (
    <svg width={width} height={HEIGHT} role="img" aria-label={text} className="block">
      <title>{text}</title>
      {ORDER.map((status) => {
        const { fill, height } = LOOK[status];
        const path = hours.flatMap((hour, n) => (hour === status ? [`M${n * (BAR + GAP)} ${HEIGHT}v-${height}h${BAR}v${height}z`] : []));
        return path.length === 0 ? null : <path key={status} d={path.join('')} className={fill} />;
      })}
    </svg>
  );
}
