import { causeSchema, type Report } from '@rollcall/contracts';
import { type DeepFault, ERAS, TRANSPORTS } from '@rollcall/core';
import { z } from 'zod';
import { certificateSchema, driftMemorySchema } from '../drift/drift-memory.ts';

/** endpoint_state.summary: what lists show of the newest probes, and what the next probe starts from. */
export const endpointSummarySchema = z.object({
  /** Title and severity of the settled cause; null when there is none. */
  cause: z.object({ code: z.string(), title: z.string(), severity: z.string() }).nullable().default(null),
  /** Facts of the last probe that got so far; kept while the endpoint is down. */
  transport: z.enum(TRANSPORTS).nullable().default(null),
  era: z.enum(ERAS).nullable().default(null),
  protocolVersion: z.string().nullable().default(null),
  server: z.object({ name: z.string(), version: z.string() }).nullable().default(null),
  toolCount: z.number().int().nullable().default(null),
  toolsHash: z.string().nullable().default(null),
  /** Start of the first probe that saw the present tool list in place of another one. */
  toolsChangedAt: z.string().nullable().default(null),
  /** What the server offers, debounced, and what it is measured by; null before its first complete list. */
  drift: driftMemorySchema.nullable().catch(null).default(null),
  /** The authorization server that gave the first token to the present credentials, which stand since `since` (epoch ms). */
  oauth: z
    .object({ since: z.number(), bound: z.object({ issuer: z.string(), tokenOrigin: z.string() }).nullable() })
    .nullable()
    .catch(null)
    .default(null),
  certificate: certificateSchema.nullable().catch(null).default(null),
  /** Certificate and step of which people were told last. */
  certificateTold: z.string().nullable().default(null),
  openIncidentId: z.string().nullable().default(null),
  /** Day (UTC) of the last kept sample transcript, and instant of the last deep check. */
  sampleDay: z.string().nullable().default(null),
  deepAt: z.number().nullable().default(null),
  /** What only deep checks see: the whole cause and whom it hits, as the last of them found it. */
  deepFault: z
    .object({ cause: causeSchema, affectedClients: z.array(z.object({ id: z.string(), name: z.string() })), confirmed: z.boolean() })
    .nullable()
    .default(null),
});
export type EndpointSummary = z.infer<typeof endpointSummarySchema>;

/** The fault that only deep checks see, as the state machine takes it. */
export function standingFault({ deepFault }: EndpointSummary): DeepFault | null {
  if (deepFault === null) return null;
  const { cause, confirmed } = deepFault;
  return { code: cause.code, severity: cause.severity === 'down' ? 'down' : 'degraded', confirmed };
}

export function parseSummary(stored: unknown): EndpointSummary {
  const parsed = endpointSummarySchema.safeParse(stored);
  return parsed.success ? parsed.data : endpointSummarySchema.parse({});
}

const MAX_TEXT = 200;

/** Takes over what this report knows; a probe that failed early knows little and erases nothing. */
export function mergeSummary(before: EndpointSummary, report: Report): EndpointSummary {
  const works = report.verdict === 'up' || report.verdict === 'degraded';
  return {
    ...before,
    transport: report.transport ?? before.transport,
    era: works ? (report.eras.modern === 'works' ? 'modern' : report.eras.legacy === 'works' ? 'legacy' : before.era) : before.era,
    protocolVersion: report.protocolVersion ?? before.protocolVersion,
    server: report.server
      ? { name: report.server.name.slice(0, MAX_TEXT), version: report.server.version.slice(0, MAX_TEXT) }
      : before.server,
    toolCount: report.tools?.count ?? before.toolCount,
    toolsHash: report.tools?.hash ?? before.toolsHash,
    toolsChangedAt:
      report.tools != null && before.toolsHash !== null && report.tools.hash !== before.toolsHash
        ? report.startedAt
        : before.toolsChangedAt,
  };
}

const tokenSchema = z.object({
  credential: z.object({
    type: z.literal('oauth'),
    outcome: z.enum(['sent', 'rejected', 'refreshed']),
    issuer: z.string(),
    tokenEndpoint: z.url(),
  }),
});

/** A client secret is bound to the authorization server that first took it; what came later moves nothing. */
export function bindIssuer(before: EndpointSummary, observation: unknown, startedAt: number): EndpointSummary {
  const { oauth } = before;
  if (oauth?.bound != null || startedAt < (oauth?.since ?? 0)) return before;
  const parsed = tokenSchema.safeParse(observation);
  if (!parsed.success) return before;
  const { issuer, tokenEndpoint } = parsed.data.credential;
  return { ...before, oauth: { since: oauth?.since ?? 0, bound: { issuer, tokenOrigin: new URL(tokenEndpoint).origin } } };
}
