import { TRANSPORT_SETTINGS } from '@rollcall/core';
import { z } from 'zod';
import { CLIENT_CONFIG_FORMATS } from './formats.ts';

/** `error`: the client refuses the entry or calls something else; `warning`: it works, or may, and should not stay so; `notice`: worth knowing. */
export const CONFIG_SEVERITIES = ['error', 'warning', 'notice'] as const;

export const configFindingSchema = z.object({
  severity: z.enum(CONFIG_SEVERITIES),
  code: z.string(),
  /** RFC 6901 pointer into the document. */
  path: z.string(),
  /** Counted from 1; null when the document came as data. */
  line: z.number().int().nullable(),
  message: z.string(),
  /** What to write instead; null when that depends. */
  fix: z.string().nullable(),
});
export type ConfigFinding = z.infer<typeof configFindingSchema>;

/** One server of the file. Either an address to be watched, or the reason why there is none. */
export interface ConfiguredServer {
  readonly name: string;
  readonly path: string;
  readonly target: ConfiguredTarget | null;
  /** Why it is not watched, or not with everything that stands there; null otherwise. */
  readonly reason: string | null;
}
export interface ConfiguredTarget {
  readonly url: string;
  readonly transport: (typeof TRANSPORT_SETTINGS)[number];
  readonly headers: Readonly<Record<string, string>>;
  /** From `Authorization: Bearer …`. */
  readonly bearer: string | null;
}

/** `POST /import`: either the text of the file, or what it says as JSON. */
export const importSchema = z
  .strictObject({
    content: z
      .string()
      .min(1)
      .max(1024 * 1024),
    document: z.union([z.record(z.string(), z.unknown()), z.array(z.unknown()).max(1000)]),
    format: z.enum(['auto', ...CLIENT_CONFIG_FORMATS]).default('auto'),
    /** Values of variables that the file names, by name; an input of VS Code is `input:<id>`. */
    variables: z.record(z.string().max(200), z.string().max(8192)).default({}),
    /** Put on every endpoint that is made. */
    tags: z
      .array(z.string().regex(/^[\w.:/-]{1,64}$/, 'may hold letters, digits and _ . : / -'))
      .max(50)
      .default([]),
    dryRun: z.boolean().default(false),
  })
  .partial({ content: true, document: true })
  .superRefine((body, context) => {
    if (body.content === undefined && body.document === undefined)
      context.addIssue({ code: 'custom', path: ['content'], message: 'is missing: give content (text) or document (JSON)' });
    if (body.content !== undefined && body.document !== undefined)
      context.addIssue({ code: 'custom', path: ['document'], message: 'must not stand beside content' });
  });
export type ImportInput = z.infer<typeof importSchema>;

export const IMPORT_STATUSES = ['created', 'exists', 'skipped'] as const;
export const importResultSchema = z.object({
  format: z.enum(CLIENT_CONFIG_FORMATS),
  dryRun: z.boolean(),
  endpoints: z.array(
    z.object({
      name: z.string(),
      url: z.string().nullable(),
      transport: z.enum(TRANSPORT_SETTINGS).nullable(),
      status: z.enum(IMPORT_STATUSES),
      /** Why it was skipped, or what was left out; null otherwise. */
      reason: z.string().nullable(),
      /** Of the endpoint that was made or was there; null when skipped or on a dry run. */
      id: z.string().nullable(),
    }),
  ),
  findings: z.array(configFindingSchema),
});
export type ImportResult = z.infer<typeof importResultSchema>;
