import { z } from 'zod';
import { instantSchema } from './common.ts';

const listState = z.object({ hash: z.string(), count: z.number().int() });

/** `GET /endpoints/{id}/tool-changes`: one change of the tool list, dated to the first probe that saw it. Members hold names of tools. */
export const toolChangeSchema = z.object({
  at: instantSchema,
  before: listState,
  after: listState,
  added: z.array(z.string()),
  removed: z.array(z.string()),
  /** Same name, another definition; only where both definitions were kept. */
  changed: z.array(z.string()),
});
export type ToolChange = z.infer<typeof toolChangeSchema>;
