import { problemSchema } from '@rollcall/contracts';
import { z } from 'zod';

/** Refusals that every route of /api/v1 may answer with. */
export const problems = {
  400: problemSchema,
  401: problemSchema,
  403: problemSchema,
  404: problemSchema,
  409: problemSchema,
  412: problemSchema,
  413: problemSchema,
  415: problemSchema,
  422: problemSchema,
  429: problemSchema,
  500: problemSchema,
  503: problemSchema,
} as const;

/** An id in a path. Any text: what is not an id of ours is not found. */
export const idParams = z.object({ id: z.string().min(1).max(200) });
/** On changes: the ETag of the version that was read (RFC 9110 §13.1.1); 412 when it is no longer the one. */
export const ifMatchHeaders = z.looseObject({
  'if-match': z.string().max(1000).optional().describe('ETag that a GET gave: change this version and no later one, else 412'),
});
export const nothing = z.null().describe('No content');
