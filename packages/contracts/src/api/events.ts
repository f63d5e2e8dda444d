import { z } from 'zod';

/** What a change can be of. `reset`: anything may have changed; read anew what you show. */
export const LIVE_EVENT_TYPES = [
  'reset',
  'endpoint.state',
  'endpoint.probed',
  'endpoint',
  'tools',
  'incident',
  'delivery',
  'channel',
  'maintenance',
  'status_page',
  'organization',
  'member',
  'api_key',
] as const;
export type LiveEventType = (typeof LIVE_EVENT_TYPES)[number];

/** One event of `GET /events`: what changed, never the data itself. `id` null: of this type some, or more than are worth naming. */
export const liveEventSchema = z.object({ type: z.enum(LIVE_EVENT_TYPES), id: z.string().nullable() });
export type LiveEvent = z.infer<typeof liveEventSchema>;
