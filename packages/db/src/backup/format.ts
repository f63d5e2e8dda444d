import { z } from 'zod';

export const FORMAT = 'rollcall.backup/1';

export const headerSchema = z.object({
  format: z.literal(FORMAT),
  at: z.string(),
  /** Applied when it was written. */
  migrations: z.array(z.string()),
  partitions: z.array(
    z.object({
      name: z.string().regex(/^\w+$/),
      table: z.string().regex(/^\w+$/),
      bound: z.string().regex(/^(FOR VALUES FROM \('[\w :.+-]+'\) TO \('[\w :.+-]+'\)|DEFAULT)$/),
    }),
  ),
  sequences: z.array(z.object({ table: z.string(), column: z.string(), value: z.string().regex(/^\d+$/) })),
});
export type BackupHeader = z.infer<typeof headerSchema>;

/** Begins the rows of a table; each following line is one, an array of the columns' texts or nulls. */
export const tableSchema = z.object({ table: z.string(), columns: z.array(z.string()) });
export type TableHeader = z.infer<typeof tableSchema>;

/** The last line: without it the file is not whole. */
export const endSchema = z.object({ end: z.literal(true), rows: z.number().int() });
