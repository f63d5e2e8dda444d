import type { PublicComponent, PublicPage } from './public-status.ts';

type Day = PublicComponent['days'][number];

/** Days of a component, one after the other from `from` (YYYY-MM-DD, UTC): on all but `other` (by place) nothing was wrong. */
interface PackedDays {
  readonly from: string;
  readonly count: number;
  readonly other: readonly (readonly [place: number, day: Day])[];
}

/** A status page's document as our own processes hand it on: a fraction of its size, since nearly every day is a plainly good one. */
export interface PackedPage extends Omit<PublicPage, 'groups'> {
  readonly groups: readonly {
    readonly name: string | null;
    readonly components: readonly (Omit<PublicComponent, 'days'> & { readonly days: PackedDays })[];
  }[];
}

const DAY_MS = 86_400_000;
const isGood = (day: Day) => day.uptime === 1 && day.worst === 'up' && day.downSeconds === 0;

function packDays(days: readonly Day[]): PackedDays {
  return {
    from: days[0]?.date ?? '',
    count: days.length,
    other: days.flatMap((day, place): [number, Day][] => (isGood(day) ? [] : [[place, day]])),
  };
}

/** The other way round: `unpackPage(packPage(document))` is the document. Pure. */
export function packPage({ groups, ...rest }: PublicPage): PackedPage {
  const pack = ({ days, ...component }: PublicComponent) => ({ ...component, days: packDays(days) });
  return { ...rest, groups: groups.map(({ name, components }) => ({ name, components: components.map(pack) })) };
}

/** The good days are the same objects for all components: nobody writes to them. Pure. */
export function unpackPage({ groups, ...rest }: PackedPage): PublicPage {
  const good = new Map<string, readonly Day[]>();
  const goodDays = (from: string, count: number): readonly Day[] => {
    const key = `${from} ${count}`;
    const known = good.get(key);
    if (known !== undefined) return known;
    const first = Date.parse(from);
    const days = Array.from({ length: count }, (_, place): Day => {
      const date = new Date(first + place * DAY_MS).toISOString().slice(0, 10);
      return { date, uptime: 1, worst: 'up', downSeconds: 0 };
    });
    good.set(key, days);
    return days;
  };
  const unpackDays = ({ from, count, other }: PackedDays): Day[] => {
    const days = [...goodDays(from, count)];
    for (const [place, day] of other) days[place] = day;
    return days;
  };
  return {
    ...rest,
    groups: groups.map(({ name, components }) => ({
      name,
      components: components.map(({ days, ...component }) => ({ ...component, days: unpackDays(days) })),
    })),
  };
}
