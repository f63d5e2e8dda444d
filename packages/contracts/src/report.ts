import { CLIENT_VERDICTS, CONFIDENCES, ERA_VERDICTS, LAYERS, PROBE_VERDICTS, SEVERITIES, TRANSPORTS } from '@rollcall/core';
import { z } from 'zod';

/** A line that mends the cause. `for` is the product it is written for; `snippet` is absent where words are enough. */
export const fixSchema = z.object({ for: z.string(), text: z.string(), snippet: z.string().optional() });
export type Fix = z.infer<typeof fixSchema>;

/** A cause or a finding: same shape (contract, "The report"). */
export const causeSchema = z.object({
  code: z.string(),
  layer: z.enum(LAYERS),
  severity: z.enum(SEVERITIES),
  confidence: z.enum(CONFIDENCES),
  title: z.string(),
  explanation: z.string(),
  evidence: z.record(z.string(), z.unknown()),
  fixes: z.array(fixSchema),
  references: z.array(z.string()),
  docs: z.string(),
});
export type Cause = z.infer<typeof causeSchema>;

export const clientVerdictSchema = z.object({
  id: z.string(),
  name: z.string(),
  verdict: z.enum(CLIENT_VERDICTS),
  because: z.string().nullable(),
});
export type ClientVerdict = z.infer<typeof clientVerdictSchema>;

export const stepSchema = z.object({ name: z.string(), ms: z.number(), ok: z.boolean() });
export type Step = z.infer<typeof stepSchema>;

export const timingsSchema = z.object({
  dnsMs: z.number(),
  tcpMs: z.number(),
  tlsMs: z.number(),
  ttfbMs: z.number(),
  totalMs: z.number(),
});
export type Timings = z.infer<typeof timingsSchema>;

export const reportExchangeSchema = z.object({
  n: z.number().int(),
  method: z.string(),
  url: z.string(),
  status: z.number().int().nullable(),
  timings: timingsSchema,
  requestHeaders: z.record(z.string(), z.string()),
  responseHeaders: z.record(z.string(), z.string()),
  requestBody: z.string().nullable(),
  responseBody: z.string().nullable(),
  error: z.string().nullable(),
  curl: z.string(),
});
export type ReportExchange = z.infer<typeof reportExchangeSchema>;

/** `rollcall check --json`, `POST /api/v1/checks`, `POST /api/v1/endpoints/{id}/probe`. */
export const reportSchema = z.object({
  schema: z.literal('rollcall.report/1'),
  url: z.string(),
  startedAt: z.string(),
  durationMs: z.number(),
  region: z.string(),
  verdict: z.enum(PROBE_VERDICTS),
  transport: z.enum(TRANSPORTS).nullable(),
  eras: z.object({ modern: z.enum(ERA_VERDICTS), legacy: z.enum(ERA_VERDICTS) }),
  protocolVersion: z.string().nullable(),
  server: z.object({ name: z.string(), version: z.string(), capabilities: z.record(z.string(), z.unknown()) }).nullable(),
  tools: z.object({ count: z.number().int(), hash: z.string(), names: z.array(z.string()) }).nullable(),
  steps: z.array(stepSchema),
  cause: causeSchema.nullable(),
  findings: z.array(causeSchema),
  clients: z.array(clientVerdictSchema),
  exchanges: z.array(reportExchangeSchema),
  /** Deep checks that time cut short; absent when there are none. */
  unfinished: z.array(z.string()).optional(),
});
export type Report = z.infer<typeof reportSchema>;
