import { z } from 'zod';
import { instantSchema } from './common.ts';

/** Words that stand, or may come to stand, for something of the installation's own where a slug stands. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set(
  `admin api app assets badge components confirm demo docs embed feed healthz help incidents index json login logout mcp
  metrics new overall public readyz rollcall rss atom settings sign-in sign-up static status subscribe unlock unsubscribe www`.split(/\s+/),
);

const SLUG = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const slugText = z.string().regex(SLUG, 'may hold 1 to 63 lower-case letters, digits and hyphens, no hyphen at either end');
const slug = slugText.refine((text) => !RESERVED_SLUGS.has(text), 'is a reserved word; choose another');
const componentSlug = slugText.refine((text) => text !== 'overall', '"overall" stands for the page as a whole; choose another');

export const PUBLISHING_MODES = ['auto', 'delayed', 'manual'] as const;
export type PublishingMode = (typeof PUBLISHING_MODES)[number];
/** When a confirmed incident appears: at once, when it has lasted so many minutes beyond its confirmation, or never by itself. */
export const publishingSchema = z.discriminatedUnion('mode', [
  z.strictObject({ mode: z.literal('auto') }),
  z.strictObject({ mode: z.literal('delayed'), minutes: z.number().int().min(1).max(1440) }),
  z.strictObject({ mode: z.literal('manual') }),
]);
export type Publishing = z.infer<typeof publishingSchema>;

const locale = z
  .string()
  .max(35)
  .refine((tag) => {
    try {
      return Intl.DateTimeFormat.supportedLocalesOf(tag).length > 0;
    } catch {
      return false;
    }
  }, 'is no language tag (BCP 47) that dates can be written in');
const hostName = z
  .string()
  .max(253)
  .regex(
    /^(?=.*[a-z])[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/,
    'must be a host name in lower case, without port',
  );
const logo = z
  .string()
  .max(180_000, 'must be at most 180,000 characters (about 130 KB)')
  .regex(/^data:image\/(?:png|jpeg|webp|svg\+xml);base64,[A-Za-z0-9+/]+={0,2}$/, 'must be a data: URL of a PNG, JPEG, WebP or SVG image');
const webUrl = z
  .url({ protocol: /^https?$/, error: 'must be an http or https URL' })
  .max(2000)
  .refine((text) => !URL.canParse(text) || new URL(text).username === '', 'must not hold a user name');

export const showSchema = z.strictObject({
  uptime: z.boolean().default(true),
  history: z.boolean().default(true),
  latency: z.boolean().default(true),
  tools: z.boolean().default(true),
  /** The addresses of the endpoints, without query. */
  urls: z.boolean().default(false),
});
export type Show = z.infer<typeof showSchema>;

export const componentInputSchema = z.strictObject({
  /** Of a component that is to be kept; without it a new one is made. */
  id: z.string().min(1).max(64).optional(),
  endpoint: z.string().min(1).max(64),
  /** Its public name in addresses; default: made from the name. */
  slug: componentSlug.optional(),
  /** Default: the endpoint's. */
  name: z.string().trim().min(1).max(100).optional(),
  description: z.string().trim().max(500).default(''),
  group: z.string().trim().max(100).default(''),
  /** Null: as the page. */
  publishing: publishingSchema.nullable().default(null),
});
export type ComponentInput = z.infer<typeof componentInputSchema>;

const writable = {
  slug,
  title: z.string().trim().min(1).max(120),
  description: z.string().trim().max(2000),
  published: z.boolean(),
  /** Write-only; null opens the page to everybody. */
  password: z.string().min(8).max(128).nullable(),
  customDomain: hostName.nullable(),
  accentColor: z
    .string()
    .regex(/^#[0-9a-f]{6}$/i, 'must be a colour like #3d4fd1')
    .nullable(),
  logo: logo.nullable(),
  homepageUrl: webUrl.nullable(),
  locale,
  show: showSchema,
  publishing: publishingSchema,
  /** In the order of the page. Components of one group are shown together where the first of them stands. */
  components: z.array(componentInputSchema).max(500),
};

export const createStatusPageSchema = z.strictObject({
  slug: writable.slug,
  title: writable.title,
  description: writable.description.default(''),
  published: writable.published.default(true),
  password: writable.password.default(null),
  customDomain: writable.customDomain.default(null),
  accentColor: writable.accentColor.default(null),
  logo: writable.logo.default(null),
  homepageUrl: writable.homepageUrl.default(null),
  locale: writable.locale.default('en'),
  show: showSchema.default({ uptime: true, history: true, latency: true, tools: true, urls: false }),
  publishing: writable.publishing.default({ mode: 'auto' }),
  components: writable.components.default([]),
});
export type CreateStatusPage = z.infer<typeof createStatusPageSchema>;

/** `components` replaces the list: what is not in it any more is taken off the page. */
export const updateStatusPageSchema = z
  .strictObject(writable)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateStatusPage = z.infer<typeof updateStatusPageSchema>;

export const statusComponentSchema = z.object({
  id: z.string(),
  endpoint: z.string(),
  slug: z.string(),
  name: z.string(),
  description: z.string(),
  group: z.string(),
  publishing: publishingSchema.nullable(),
});

export const statusPageSchema = z.object({
  id: z.string(),
  slug: z.string(),
  url: z.string(),
  title: z.string(),
  description: z.string(),
  published: z.boolean(),
  passwordProtected: z.boolean(),
  customDomain: z.string().nullable(),
  accentColor: z.string().nullable(),
  logo: z.string().nullable(),
  homepageUrl: z.string().nullable(),
  locale: z.string(),
  show: z.object(showSchema.shape),
  publishing: publishingSchema,
  components: z.array(statusComponentSchema),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type StatusPage = z.infer<typeof statusPageSchema>;

export const REPORT_STATUSES = ['investigating', 'identified', 'monitoring', 'resolved'] as const;
export type ReportStatus = (typeof REPORT_STATUSES)[number];
export const IMPACTS = ['operational', 'degraded', 'outage', 'maintenance'] as const;
export type Impact = (typeof IMPACTS)[number];

const affectedSchema = z.strictObject({
  /** Id or slug of a component of the page. */
  component: z.string().min(1).max(64),
  impact: z.enum(IMPACTS).default('degraded'),
});
const reportText = z.string().trim().min(1).max(10_000);
const reportWritable = {
  title: z.string().trim().min(1).max(200),
  affected: z.array(affectedSchema).max(500),
  published: z.boolean(),
  startedAt: z.iso.datetime({ offset: true }),
};

export const createReportSchema = z.strictObject({
  title: reportWritable.title,
  status: z.enum(REPORT_STATUSES).default('investigating'),
  /** The first update. */
  text: reportText,
  affected: reportWritable.affected.default([]),
  /** False: a draft, seen by nobody outside. */
  published: reportWritable.published.default(true),
  /** Default: now. */
  startedAt: reportWritable.startedAt.optional(),
});
export type CreateReport = z.infer<typeof createReportSchema>;

export const updateReportSchema = z
  .strictObject(reportWritable)
  .partial()
  .refine((body) => Object.keys(body).length > 0, 'names nothing to change');
export type UpdateReport = z.infer<typeof updateReportSchema>;

export const createReportUpdateSchema = z.strictObject({
  status: z.enum(REPORT_STATUSES),
  text: reportText,
  /** Default: as before. */
  affected: reportWritable.affected.optional(),
});
export type CreateReportUpdate = z.infer<typeof createReportUpdateSchema>;

export const reportUpdateSchema = z.object({ id: z.string(), at: instantSchema, status: z.enum(REPORT_STATUSES), text: z.string() });
export const statusReportSchema = z.object({
  id: z.string(),
  title: z.string(),
  status: z.enum(REPORT_STATUSES),
  affected: z.array(z.object({ component: z.string(), impact: z.enum(IMPACTS) })),
  published: z.boolean(),
  publishedAt: instantSchema.nullable(),
  startedAt: instantSchema,
  resolvedAt: instantSchema.nullable(),
  /** Newest first. */
  updates: z.array(reportUpdateSchema),
  url: z.string(),
  createdAt: instantSchema,
  updatedAt: instantSchema,
});
export type StatusReport = z.infer<typeof statusReportSchema>;

export const SUBSCRIBER_TYPES = ['email', 'webhook', 'slack'] as const;
export type SubscriberType = (typeof SUBSCRIBER_TYPES)[number];
export const subscriberSchema = z.object({
  id: z.string(),
  type: z.enum(SUBSCRIBER_TYPES),
  /** The address; of a URL only what holds no secret. */
  target: z.string(),
  /** Null until the link in the first message was followed. */
  confirmedAt: instantSchema.nullable(),
  createdAt: instantSchema,
});
export type StatusSubscriber = z.infer<typeof subscriberSchema>;

/** POST /status/{slug}/subscribe. */
export const subscribeSchema = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('email'), email: z.email('must be an e-mail address').max(254) }),
  z.strictObject({
    type: z.literal('webhook'),
    url: webUrl,
    /** Signs the messages (Standard Webhooks): whsec_ and base64. Without it the signature cannot be verified. */
    secret: z.string().max(200).optional(),
  }),
  z.strictObject({ type: z.literal('slack'), url: webUrl }),
]);
export type Subscribe = z.infer<typeof subscribeSchema>;
