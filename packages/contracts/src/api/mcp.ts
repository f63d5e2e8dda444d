import { ENDPOINT_STATUSES, ERA_SETTINGS, TRANSPORT_SETTINGS } from '@rollcall/core';
import { z } from 'zod';
import { causeSchema, fixSchema, reportSchema } from '../report.ts';
import { createCheckSchema } from './checks.ts';
import { pageOf } from './common.ts';
import { createEndpointSchema, endpointSchema } from './endpoints.ts';
import { createNoteSchema, incidentDetailSchema, incidentSchema } from './incidents.ts';

/** What the tools of `/mcp` take and give. The descriptions are what an agent reads. */
const id = (of: string, example: string) => z.string().min(1).max(64).describe(`Id of the ${of}, such as ${example}…`);
const limit = z.number().int().min(1).max(100).default(25).describe('How many to answer with at most.');
const cursor = z.string().max(200).optional().describe('nextCursor of the page before; leave it out for the first page.');

const target = {
  url: createEndpointSchema.shape.url.describe('Address of the MCP server, http:// or https://, with its path.'),
  transport: z.enum(TRANSPORT_SETTINGS).default('auto').describe('Leave at auto unless the server is known to speak only one.'),
  era: z.enum(ERA_SETTINGS).default('auto').describe('modern is revision 2026-07-28, legacy is 2025-11-25 and earlier; auto tries both.'),
  timeoutMs: createCheckSchema.shape.timeoutMs.describe('For the whole check, in milliseconds.'),
};

export const mcpInputs = {
  listEndpoints: z.strictObject({
    search: z.string().max(200).optional().describe('Text that the name or the URL contains, in any case.'),
    status: z.enum(ENDPOINT_STATUSES).optional().describe('Only endpoints with this status.'),
    tag: z.string().max(64).optional().describe('Only endpoints with exactly this tag.'),
    limit,
    cursor,
  }),
  endpoint: z.strictObject({ id: id('endpoint', 'ep_01…') }),
  listIncidents: z.strictObject({
    status: z.enum(['open', 'resolved']).optional().describe('Leave it out for both.'),
    endpoint: id('endpoint', 'ep_01…').optional().describe('Only incidents of the endpoint with this id.'),
    limit,
    cursor,
  }),
  incident: z.strictObject({ id: id('incident', 'inc_01…') }),
  checkUrl: z.strictObject({
    ...target,
    deep: createCheckSchema.shape.deep.describe(
      'Also the checks that take longer: IPv4 against IPv6, redirects, sessions over several connections, event streams, sign-in metadata, CORS.',
    ),
  }),
  registerEndpoint: z.strictObject({
    name: createEndpointSchema.shape.name.describe('How people call it.'),
    ...target,
    timeoutMs: createEndpointSchema.shape.timeoutMs.describe('For one probe, in milliseconds.'),
    intervalSeconds: createEndpointSchema.shape.intervalSeconds.describe('Seconds between two probes.'),
    tags: createEndpointSchema.shape.tags.describe('Alerts are routed by tags.'),
    paused: createEndpointSchema.shape.paused.describe('Registered, but not probed yet.'),
  }),
  note: z.strictObject({
    id: id('incident', 'inc_01…'),
    text: createNoteSchema.shape.text.describe('What the others on call should know.'),
  }),
  cause: z.strictObject({
    code: z.string().min(1).max(100).describe('Code of a cause or a finding, such as redirect.method_lost.'),
  }),
};

const shortCause = causeSchema.pick({ code: true, layer: true, severity: true, title: true });
export const mcpOutputs = {
  listEndpoints: pageOf(endpointSchema.pick({ id: true, name: true, url: true, tags: true, paused: true, state: true })),
  endpoint: endpointSchema,
  listIncidents: pageOf(incidentSchema.extend({ cause: shortCause })),
  incident: incidentDetailSchema,
  report: reportSchema.omit({ exchanges: true }).extend({
    /** A line that repeats the exchange behind the cause, secrets left out; null without one. */
    curl: z.string().nullable(),
  }),
  cause: z.object({
    code: z.string(),
    layer: z.string(),
    severity: z.string(),
    title: z.string(),
    explanation: z.string(),
    /** Who is hit, in words. */
    affected: z.string(),
    fixes: z.array(fixSchema),
    /** Names of the facts that an incident with this cause records. */
    evidence: z.array(z.string()),
    references: z.array(z.string()),
    docs: z.string(),
  }),
};
export type McpReport = z.infer<typeof mcpOutputs.report>;
