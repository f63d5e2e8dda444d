import { ENDPOINT_STATUSES } from '@rollcall/core';
import { parseAsString, parseAsStringLiteral } from 'nuqs/server';
import { withQuery } from '#web/lib/with-query.ts';

/** The table's filter lives in the URL: it can be bookmarked, shared and gone back to. */
export const endpointFilter = {
  q: parseAsString.withDefault(''),
  status: parseAsStringLiteral(ENDPOINT_STATUSES),
  tag: parseAsString,
  cursor: parseAsString,
};
export interface EndpointFilter {
  q: string;
  status: (typeof ENDPOINT_STATUSES)[number] | null;
  tag: string | null;
  cursor: string | null;
}

export function endpointsPath(filter: EndpointFilter): string {
  return withQuery('/endpoints', { limit: 50, q: filter.q.slice(0, 200), status: filter.status, tag: filter.tag, cursor: filter.cursor });
}
