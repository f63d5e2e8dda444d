import type { Endpoint, Page } from '@rollcall/contracts';
import { AppError, type EndpointSort, type EndpointStatus } from '@rollcall/core';
import { isId } from '@rollcall/crypto';
import { type Db, Prisma } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { toEndpoint, withState } from './to-endpoint.ts';

export interface ListEndpointsQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly status?: EndpointStatus | undefined;
  readonly tag?: string | undefined;
  readonly cause?: string | undefined;
  readonly q?: string | undefined;
  /** Default `newest`. */
  readonly sort?: EndpointSort | undefined;
}

/** Worst first, as people look at them. */
const STATUS_RANKS: readonly EndpointStatus[] = ['down', 'degraded', 'no_data', 'gated', 'maintenance', 'pending', 'paused', 'up'];
const NAME_CHARS = 64;

interface Order {
  /** What is sorted by, of endpoint `e` and state `s`; the id decides between equals. Null: the id alone. */
  readonly key: Prisma.Sql | null;
  readonly type: 'text' | 'int';
  readonly direction: 'asc' | 'desc';
}
const ORDERS: Readonly<Record<EndpointSort, Order>> = {
  newest: { key: null, type: 'int', direction: 'desc' },
  name: { key: Prisma.sql`(lower(left(e.name, ${Prisma.raw(String(NAME_CHARS))})) collate "C")`, type: 'text', direction: 'asc' },
  status: {
    key: Prisma.sql`coalesce(array_position(${Prisma.raw(`array[${STATUS_RANKS.map((status) => `'${status}'`).join(',')}]`)}, s.status), 0)`,
    type: 'int',
    direction: 'asc',
  },
  latency: { key: Prisma.sql`coalesce(s.latency_ms, -1)`, type: 'int', direction: 'desc' },
};

interface Place {
  readonly id: string;
  readonly key: string | number | null;
}

/** A cursor is the last id, and what the list was sorted by of that row. */
const toCursor = ({ id, key }: Place) => (key === null ? id : `${id}.${Buffer.from(String(key)).toString('base64url')}`);

function readCursor(cursor: string | undefined, { key, type }: Order): Place | null {
  if (cursor === undefined) return null;
  const [id = '', encoded] = cursor.split('.');
  if (isId('ep', id) && (key === null) === (encoded === undefined)) {
    if (encoded === undefined) return { id, key: null };
    const text = Buffer.from(encoded, 'base64url').toString();
    if (type === 'text' && !text.includes('\0')) return { id, key: text };
    if (/^-?\d{1,9}$/.test(text)) return { id, key: Number(text) };
  }
  throw new AppError('invalid_request', 'The cursor is not one that this list gave.', {
    culprits: [{ pointer: 'cursor', message: 'is not a cursor of this list in this order' }],
  });
}

/** LIKE takes the text as it is: a percent sign in it is meant as one. */
function literal(text: string): string {
  return text.replace(/[\\%_]/g, '\\$&');
}

function conditions(actor: Actor, query: ListEndpointsQuery): Prisma.Sql[] {
  const all = [Prisma.sql`e.organization_id = ${actor.organizationId}`];
  if (query.status !== undefined) all.push(Prisma.sql`s.status = ${query.status}`);
  if (query.cause !== undefined) all.push(Prisma.sql`s.cause = ${query.cause}`);
  if (query.tag !== undefined) all.push(Prisma.sql`e.tags @> array[${query.tag}]::text[]`);
  if (query.q !== undefined && query.q !== '') {
    const wanted = `%${literal(query.q)}%`;
    all.push(Prisma.sql`(e.name ilike ${wanted} or e.url ilike ${wanted})`);
  }
  return all;
}

function beyond({ id, key }: Place, order: Order): Prisma.Sql {
  const sign = Prisma.raw(order.direction === 'asc' ? '>' : '<');
  if (order.key === null || key === null) return Prisma.sql`e.id ${sign} ${id}`;
  const value = order.type === 'text' ? Prisma.sql`${key}::text collate "C"` : Prisma.sql`${key}::int`;
  return Prisma.sql`(${order.key}, e.id) ${sign} (${value}, ${id})`;
}

/** In the order asked for; `q` looks into name and URL. @throws AppError invalid_request for a cursor of another order. */
export async function listEndpoints(db: Db, actor: Actor, query: ListEndpointsQuery): Promise<Page<Endpoint>> {
  requireScope(actor, 'read');
  const order = ORDERS[query.sort ?? 'newest'];
  const place = readCursor(query.cursor, order);
  const where = Prisma.join([...conditions(actor, query), ...(place === null ? [] : [beyond(place, order)])], ' and ');
  const direction = Prisma.raw(order.direction);
  const by = order.key === null ? Prisma.sql`e.id ${direction}` : Prisma.sql`${order.key} ${direction}, e.id ${direction}`;
  // The state is joined only where it decides: a plain page walks one index.
  const joins = query.status !== undefined || query.cause !== undefined || query.sort === 'status' || query.sort === 'latency';
  const state = joins ? Prisma.sql`join endpoint_state s on s.endpoint_id = e.id` : Prisma.empty;
  const found = await db.$queryRaw<Place[]>`
    select e.id, ${order.key ?? Prisma.sql`null::text`} as key from endpoint e ${state} where ${where} order by ${by} limit ${query.limit + 1}`;
  const places = found.slice(0, query.limit);
  const rows = await db.endpoint.findMany({ where: { id: { in: places.map(({ id }) => id) } }, include: withState });
  const byId = new Map(rows.map((row) => [row.id, row]));
  const last = places.at(-1);
  return {
    data: places.flatMap(({ id }) => byId.get(id) ?? []).map(toEndpoint),
    nextCursor: found.length > query.limit && last !== undefined ? toCursor(last) : null,
  };
}
