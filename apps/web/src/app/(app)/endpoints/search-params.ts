import { type Address, address } from '@rollcall/client';
import type { Endpoint, Page } from '@rollcall/contracts';
import { ENDPOINT_SORTS, ENDPOINT_STATUSES, type EndpointSort } from '@rollcall/core';
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';

/** The table's filter lives in the URL: it can be bookmarked, shared and gone back to. */
export const endpointFilter = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(ENDPOINT_STATUSES),
  tag: parseAsString,
  cause: parseAsString,
  sort: parseAsStringLiteral(ENDPOINT_SORTS).withDefault('newest'),
  cursor: parseAsString,
};
export interface EndpointFilter {
  q: string;
  status: (typeof ENDPOINT_STATUSES)[number] | null;
  tag: string | null;
  cause: string | null;
  sort: EndpointSort;
  cursor: string | null;
}

/** Of the page that the filter shows; with another limit and cursor, of any page of what it matches. */
export function endpointsPath({ q, status, tag, cause, sort, cursor }: EndpointFilter, limit = 50): Address<'/endpoints'> {
  const order = sort === 'newest' ? null : sort;
  return address('/endpoints', {
    query: { limit, q: q.slice(0, 200) || null, status, tag: tag || null, cause: cause || null, sort: order, cursor: cursor || null },
  });
}

/** The last 24 hours of what a page shows; null when it shows nothing. */
export function hoursPath({ data }: Page<Endpoint>): Address<'/endpoints/hours'> | null {
  return data.length === 0 ? null : address('/endpoints/hours', { query: { ids: data.map(({ id }) => id).join(',') } });
}
