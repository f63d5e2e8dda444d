import { CHANGE_CLASSES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';

const serverSchema = z.object({ name: z.string(), version: z.string() }).nullable();
const listState = z.object({ hash: z.string(), count: z.number().int(), server: serverSchema });

/** One difference. `pointer` leads into the tool, or into {serverInfo, instructions} when `tool` is null; texts are the server's own. */
export const driftChangeSchema = z.object({
  class: z.enum(CHANGE_CLASSES),
  what: z.string(),
  tool: z.string().nullable(),
  pointer: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
});

/** `GET /endpoints/{id}/tool-changes`: one change of what the server offers, dated to the probe that settled it. */
export const toolChangeSchema = z.object({
  id: z.string(),
  at: instantSchema,
  /** The worst of `classes`. */
  class: z.enum(CHANGE_CLASSES),
  classes: z.array(z.enum(CHANGE_CLASSES)),
  summary: z.string(),
  /** The server gives the version that it gave before. */
  unversioned: z.boolean(),
  before: listState,
  after: listState,
  /** Names of tools. */
  added: z.array(z.string()),
  removed: z.array(z.string()),
  changed: z.array(z.string()),
  changes: z.array(driftChangeSchema),
  /** How many changes there were; `changes` is bounded. */
  total: z.number().int(),
  acknowledgedAt: instantSchema.nullable(),
  /** `policy`: the change was additive, and those are only recorded. */
  acknowledgedBy: z.string().nullable(),
});
export type ToolChange = z.infer<typeof toolChangeSchema>;

/** `GET /endpoints/{id}/tools`: what the server offers, as two equal observations in a row have shown it. */
export const toolsSeenSchema = z.object({
  count: z.number().int(),
  hash: z.string().nullable(),
  observedAt: z.string().nullable(),
  server: serverSchema,
  instructions: z.string().nullable(),
  /** What it is measured by: as first seen or last acknowledged. Null before the first complete list. */
  baseline: z.object({ hash: z.string(), count: z.number().int(), same: z.boolean() }).nullable(),
  /** Whole tool objects where they were kept, else their names. */
  data: z.array(z.object({ name: z.string() }).loose()),
});
export type ToolsSeen = z.infer<typeof toolsSeenSchema>;
