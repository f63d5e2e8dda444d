import { type Endpoint, expectSchema, policySchema } from '@rollcall/contracts';
import { daysLeft, type EndpointStatus, type EraSetting, type TransportSetting } from '@rollcall/core';
import type { Prisma } from '@rollcall/db';
import { z } from 'zod';
import { type EndpointSummary, parseSummary } from '../probes/summary.ts';

export const withState = { state: true, schedules: { select: { nextDueAt: true, active: true } } } satisfies Prisma.EndpointInclude;
export type EndpointRow = Prisma.EndpointGetPayload<{ include: typeof withState }>;

/** Column credentials_info: what may be shown of the credentials. */
export const credentialsInfoSchema = z.object({
  headerNames: z.array(z.string()).default([]),
  auth: z.enum(['none', 'bearer', 'oauth']).default('none'),
});

function parseOr<T>(schema: z.ZodType<T>, value: unknown, fallback: T): T {
  const parsed = schema.safeParse(value);
  return parsed.success ? parsed.data : fallback;
}

/** Days count from the last probe: what it saw is all that is known. */
function certificateOf({ certificate }: EndpointSummary, at: Date): Endpoint['state']['certificate'] {
  if (certificate === null) return null;
  const [notBefore, notAfter] = [new Date(certificate.notBefore), new Date(certificate.notAfter)];
  if (Number.isNaN(notBefore.getTime()) || Number.isNaN(notAfter.getTime())) return null;
  return {
    subject: certificate.subject,
    issuer: certificate.issuer,
    notBefore: notBefore.toISOString(),
    notAfter: notAfter.toISOString(),
    daysLeft: daysLeft(notAfter.getTime(), at.getTime()),
  };
}

/** The row as the API shows it: no secret, the state beside the settings. */
export function toEndpoint(row: EndpointRow): Endpoint {
  const info = parseOr(credentialsInfoSchema, row.credentialsInfo, { headerNames: [], auth: 'none' as const });
  const summary = parseSummary(row.state?.summary);
  const due = row.schedules.filter(({ active }) => active).map(({ nextDueAt }) => nextDueAt.getTime());
  return {
    id: row.id,
    name: row.name,
    url: row.url,
    transport: row.transport as TransportSetting,
    era: row.era as EraSetting,
    intervalSeconds: row.intervalSeconds,
    timeoutMs: row.timeoutMs,
    regions: row.regions,
    headers: Object.fromEntries(info.headerNames.map((name) => [name, '[redacted]' as const])),
    auth: { type: info.auth, ...(info.auth === 'oauth' && summary.oauth?.bound ? { issuer: summary.oauth.bound.issuer } : {}) },
    expect: parseOr(expectSchema, row.expect, {}),
    policy: parseOr(policySchema, row.policy, {}),
    tags: row.tags,
    paused: row.paused,
    demo: row.demo,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
    state: {
      status: (row.state?.status ?? 'pending') as EndpointStatus,
      since: (row.state?.since ?? row.createdAt).toISOString(),
      cause: row.state?.cause ? (summary.cause ?? { code: row.state.cause, title: row.state.cause, severity: 'down' }) : null,
      lastProbeAt: row.state?.lastProbeAt?.toISOString() ?? null,
      nextProbeAt: due.length === 0 ? null : new Date(Math.min(...due)).toISOString(),
      latencyMs: row.state?.latencyMs ?? null,
      transport: summary.transport,
      era: summary.era,
      protocolVersion: summary.protocolVersion,
      server: summary.server,
      toolCount: summary.toolCount,
      certificate: certificateOf(summary, row.state?.lastProbeAt ?? row.createdAt),
      openIncidentId: summary.openIncidentId,
    },
  };
}
