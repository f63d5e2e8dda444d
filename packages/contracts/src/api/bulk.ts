import { z } from 'zod';
import { problemSchema } from '../problem.ts';

export const MAX_BULK = 1000;

/** Each item is checked by itself, as the body of the single call would be: one bad item does not refuse the others. */
const items = z.array(z.unknown()).min(1).max(MAX_BULK);

export const bulkCreateSchema = z.strictObject({
  endpoints: items.describe('Each as the body of POST /endpoints'),
  /** `skip`: one that is there already, by name and URL, is left as it is. */
  ifExists: z.enum(['create', 'skip']).default('create'),
});
export const bulkUpdateSchema = z.strictObject({
  endpoints: items.describe(
    'Each as the body of PATCH /endpoints/{id}, with the id as a member, and optionally ifMatch as the header of that name would be',
  ),
});
export const bulkDeleteSchema = z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(MAX_BULK) });

export const bulkProbeSchema = z.strictObject({ ids: z.array(z.string().min(1).max(200)).min(1).max(MAX_BULK) });

/** `queued`: its next probe is due now, or within the minute over which many are spread. */
const BULK_STATUSES = ['created', 'exists', 'updated', 'deleted', 'queued', 'failed'] as const;
export const bulkResultSchema = z.object({
  /** Position in the call, from 0. */
  index: z.number().int(),
  status: z.enum(BULK_STATUSES),
  id: z.string().nullable(),
  /** As the single call would have answered; its pointers are into the item. */
  error: problemSchema.optional(),
});
export type BulkResult = z.infer<typeof bulkResultSchema>;

export const bulkAnswerSchema = z.object({
  counts: z.record(z.enum(BULK_STATUSES), z.number().int()),
  results: z.array(bulkResultSchema),
});
export type BulkAnswer = z.infer<typeof bulkAnswerSchema>;
