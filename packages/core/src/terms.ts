/** The closed vocabularies of the product (docs/concepts.md). Everything else derives its types from these lists. */

/** Status of an endpoint. `gated`: answers but requires sign-in, not a failure. `no_data`: could not be measured, never shown green. */
export const ENDPOINT_STATUSES = ['pending', 'up', 'degraded', 'down', 'gated', 'no_data', 'paused', 'maintenance'] as const;
export type EndpointStatus = (typeof ENDPOINT_STATUSES)[number];

/** What one probe says. `unknown`: we were rate-limited, our credential expired, or the fault is on our side. */
export const PROBE_VERDICTS = ['up', 'degraded', 'down', 'gated', 'unknown'] as const;
export type ProbeVerdict = (typeof PROBE_VERDICTS)[number];

export const TRANSPORTS = ['streamable-http', 'sse'] as const;
export type Transport = (typeof TRANSPORTS)[number];
export const TRANSPORT_SETTINGS = ['auto', ...TRANSPORTS] as const;
export type TransportSetting = (typeof TRANSPORT_SETTINGS)[number];

/** modern = revision 2026-07-28 (stateless); legacy = 2025-11-25 and earlier (initialize). */
export const ERAS = ['modern', 'legacy'] as const;
export type Era = (typeof ERAS)[number];
export const ERA_SETTINGS = ['auto', 'legacy', 'modern'] as const;
export type EraSetting = (typeof ERA_SETTINGS)[number];
export const ERA_VERDICTS = ['works', 'fails', 'absent', 'untested'] as const;
export type EraVerdict = (typeof ERA_VERDICTS)[number];

/** Layers in the order in which a probe meets them; the first failing one is the cause. */
export const LAYERS = [
  'prober',
  'dns',
  'tcp',
  'tls',
  'http',
  'transport',
  'session',
  'jsonrpc',
  'protocol',
  'tools',
  'auth',
  'client',
] as const;
export type Layer = (typeof LAYERS)[number];

export const SEVERITIES = ['down', 'degraded', 'notice'] as const;
export type Severity = (typeof SEVERITIES)[number];

export const CONFIDENCES = ['certain', 'suspected'] as const;
export type Confidence = (typeof CONFIDENCES)[number];

export const CLIENT_VERDICTS = ['works', 'fails', 'unknown'] as const;
export type ClientVerdictValue = (typeof CLIENT_VERDICTS)[number];

export const ROLES = ['api', 'web', 'scheduler', 'prober', 'alerter', 'janitor'] as const;
export type Role = (typeof ROLES)[number];

export const MEMBER_ROLES = ['owner', 'admin', 'member', 'viewer'] as const;
export type MemberRole = (typeof MEMBER_ROLES)[number];

export const API_KEY_SCOPES = ['read', 'write', 'admin'] as const;
export type ApiKeyScope = (typeof API_KEY_SCOPES)[number];

/** Event types of notices and webhooks. */
export const EVENT_TYPES = [
  'endpoint.down',
  'endpoint.degraded',
  'endpoint.recovered',
  'endpoint.gated',
  'endpoint.no_data',
  'incident.acknowledged',
  'tools.changed',
  'certificate.expiring',
  'channel.failing',
  'channel.recovered',
  'test',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** What subscribers of a status page are told; no channel of an organization can be routed to it. */
export const STATUS_EVENT_TYPES = ['status.confirm', 'status.updated'] as const;
export type StatusEventType = (typeof STATUS_EVENT_TYPES)[number];
/** Types of everything in the outbox. */
export const NOTICE_TYPES = [...EVENT_TYPES, ...STATUS_EVENT_TYPES] as const;
export type NoticeType = (typeof NOTICE_TYPES)[number];

export const CHANNEL_TYPES = [
  'email',
  'webhook',
  'slack',
  'discord',
  'teams',
  'google-chat',
  'telegram',
  'pagerduty',
  'opsgenie',
  'ntfy',
  'pushover',
  'mattermost',
] as const;
export type ChannelType = (typeof CHANNEL_TYPES)[number];

/** Orders of the list of endpoints. `newest`: as registered, newest first. `status`: worst first. `latency`: slowest first, those without one last. */
export const ENDPOINT_SORTS = ['newest', 'name', 'status', 'latency'] as const;
export type EndpointSort = (typeof ENDPOINT_SORTS)[number];

/** Spans of the statistics, up to now. */
export const STATS_WINDOWS = ['24h', '7d', '30d', '90d'] as const;
