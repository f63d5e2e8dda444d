import { STATS_WINDOWS } from '@rollcall/core';
import { parseAsStringLiteral } from 'nuqs/server';

/** What of the endpoint is shown, as the address says it. */
export const endpointView = { window: parseAsStringLiteral(STATS_WINDOWS).withDefault('24h') };
