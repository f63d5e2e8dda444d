import { isIP } from 'node:net';
import { isAbsolute, resolve } from 'node:path';
import { ROLES, type Role } from '@rollcall/core';
import { z } from 'zod';

/** Where everything comes from that the environment decides. One reader, one frozen object; units are in the names. */
export interface Config {
  /** Absent: `npm start` runs an embedded PostgreSQL in the data directory. */
  readonly databaseUrl: string | null;
  /** For what needs a session of its own (migrations, LISTEN, the queue): the server itself where `databaseUrl` is a pooler, else the same. */
  readonly databaseDirectUrl: string | null;
  /** Absent: BullMQ keeps its queues in PostgreSQL. */
  readonly redisUrl: string | null;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  readonly port: number;
  readonly host: string;
  /** Without a trailing slash; links in notices and pages start with it. */
  readonly publicUrl: string;
  /** 32 bytes in base64; null only before the embedded start has made one. */
  readonly secret: string | null;
  readonly formerSecrets: readonly string[];
  readonly roles: readonly Role[];
  readonly region: string;
  /** Whether probes and webhooks may reach addresses that are not public unicast. */
  readonly allowPrivateTargets: boolean;
  readonly dataDir: string;
  readonly demo: boolean;
  readonly bootstrapApiKey: string | null;
  readonly adminEmail: string | null;
  readonly adminPassword: string | null;
  readonly signup: 'open' | 'invite' | 'off';
  readonly logLevel: string;
  /** Where the api process finds the pages of the web role; null when there is none to proxy to. */
  readonly webUrl: string | null;
  /** Where the web role finds the api, server side. */
  readonly apiUrl: string | null;
  /** Bearer token of GET /metrics when asked from elsewhere than loopback. */
  readonly metricsToken: string | null;
  /** Addresses that answer whenever the prober's own line works; asked when targets fail to answer. */
  readonly canaryUrls: readonly string[];
  /** Called every minute while the installation is well. */
  readonly heartbeatUrl: string | null;
  /** Whom the installation tells of its own troubles; by default the administrator. */
  readonly operatorEmail: string | null;
  /** Where else people may sign in from; null: not there. */
  readonly signIn: {
    readonly github: OAuthClient | null;
    readonly google: OAuthClient | null;
    readonly oidc: (OAuthClient & { readonly issuer: string }) | null;
  };
  /** Whether strangers may check a public address at /check. */
  readonly publicCheck: boolean;
  /** How many probes one prober process holds in flight. */
  readonly probeConcurrency: number;
  /** Set: this is a prober that knows the API and nothing else. */
  readonly remote: RemoteConfig | null;
  /** Where a worker role answers /healthz, /readyz and /metrics; null: nowhere. */
  readonly workerPort: number | null;
}

/** How a remote prober reaches its installation. */
export interface RemoteConfig {
  /** Without a trailing slash. */
  readonly apiUrl: string;
  readonly regionKey: string;
  /** Most bytes of results that wait for the API. */
  readonly bufferBytes: number;
}

/** What another service knows us by. */
export interface OAuthClient {
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Thrown once, naming every bad key; the text is meant for the operator's terminal. */
export class ConfigError extends Error {
  readonly keys: readonly string[];
  constructor(problems: readonly { key: string; message: string }[]) {
    super(`The environment is not usable:\n${problems.map((p) => `  ${p.key}: ${p.message}`).join('\n')}`);
    this.name = 'ConfigError';
    this.keys = problems.map((p) => p.key);
  }
}

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((v) => v === '1');
const urlWith = (...protocols: string[]) =>
  z.string().refine(
    (text) => {
      try {
        return protocols.includes(new URL(text).protocol);
      } catch {
        return false;
      }
    },
    `must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`,
  );

const LOOPBACK_HOSTS = new Set(['127.0.0.1', 'localhost', '::1', '[::1]']);

/** Digits alone: what Number() makes of 0x50 or 3e3 is nobody's intention. */
const port = z
  .string()
  .regex(/^\d{1,5}$/, 'must be 1–65535')
  .transform(Number)
  .pipe(z.number().min(1, 'must be 1–65535').max(65_535, 'must be 1–65535'));

/** As the WHATWG URL parser has it, which knows that 256.1.1.1 is neither an address nor a name. */
function isHost(text: string): boolean {
  if (isIP(text) !== 0) return true;
  return /^(\[[\da-fA-F:.]+\]|[\w.-]+)$/.test(text) && URL.canParse(`http://${text}/`);
}

/** Node's decoder skips what is no base64. */
function isKey(text: string): boolean {
  return /^[\w+/-]{43}=?$/.test(text) && Buffer.from(text, 'base64').length === 32;
}

const schema = z.object({
  DATABASE_URL: urlWith('postgres:', 'postgresql:').optional(),
  DATABASE_DIRECT_URL: urlWith('postgres:', 'postgresql:').optional(),
  REDIS_URL: urlWith('redis:', 'rediss:').optional(),
  SMTP_URL: urlWith('smtp:', 'smtps:').optional(),
  MAIL_FROM: z
    .string()
    .regex(/^([^<>\r\n]*<[^\s@<>]+@[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+)$/, 'must be an e-mail address, or Name <address>')
    .default('Rollcall <rollcall@localhost>'),
  PORT: port.default(3000),
  HOST: z.string().refine(isHost, 'must be an IP address or a host name').default('127.0.0.1'),
  ROLLCALL_PUBLIC_URL: urlWith('http:', 'https:').optional(),
  ROLLCALL_SECRET: z.string().refine(isKey, 'must be 32 bytes in base64 (openssl rand -base64 32)').optional(),
  ROLLCALL_FORMER_SECRETS: z
    .string()
    .transform((text) => text.split(',').map((s) => s.trim()))
    .refine((list) => list.every(isKey), 'must be a comma list of 32-byte base64 values')
    .optional(),
  ROLLCALL_ROLES: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((role) => role.trim())
        .filter(Boolean),
    )
    .pipe(z.array(z.enum(ROLES, `must be a comma list of ${ROLES.join(', ')}`)).min(1, `must name at least one of ${ROLES.join(', ')}`))
    .optional(),
  ROLLCALL_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,64}$/, 'may hold lower-case letters, digits and -')
    .default('default'),
  ROLLCALL_ALLOW_PRIVATE_TARGETS: flag.optional(),
  ROLLCALL_DATA_DIR: z.string().min(1).default('.rollcall'),
  ROLLCALL_DEMO: flag.default(true),
  ROLLCALL_API_KEY: z
    .string()
    .regex(/^rc_[\w-]{16,200}$/, 'must start with rc_ and have at least 16 further letters, digits, _ or -')
    .optional(),
  ROLLCALL_ADMIN_EMAIL: z.email('must be an e-mail address').optional(),
  ROLLCALL_ADMIN_PASSWORD: z.string().min(8, 'must have at least 8 characters').max(128).optional(),
  ROLLCALL_SIGNUP: z.enum(['open', 'invite', 'off'], 'must be open, invite or off').default('invite'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], 'must be trace, debug, info, warn, error, fatal or silent')
    .default('info'),
  ROLLCALL_WEB_URL: urlWith('http:', 'https:').optional(),
  ROLLCALL_API_URL: urlWith('http:', 'https:').optional(),
  ROLLCALL_METRICS_TOKEN: z.string().min(8, 'must have at least 8 characters').optional(),
  ROLLCALL_CANARY_URLS: z
    .string()
    .transform((text) =>
      text
        .split(',')
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .pipe(z.array(urlWith('http:', 'https:')).max(10, 'may name at most ten addresses'))
    .optional(),
  ROLLCALL_HEARTBEAT_URL: urlWith('http:', 'https:').optional(),
  ROLLCALL_OPERATOR_EMAIL: z.email('must be an e-mail address').optional(),
  ROLLCALL_OIDC_ISSUER: urlWith('https:', 'http:').optional(),
  ROLLCALL_OIDC_CLIENT_ID: z.string().min(1).optional(),
  ROLLCALL_OIDC_CLIENT_SECRET: z.string().min(1).optional(),
  GITHUB_CLIENT_ID: z.string().min(1).optional(),
  GITHUB_CLIENT_SECRET: z.string().min(1).optional(),
  GOOGLE_CLIENT_ID: z.string().min(1).optional(),
  GOOGLE_CLIENT_SECRET: z.string().min(1).optional(),
  ROLLCALL_PUBLIC_CHECK: flag.default(true),
  ROLLCALL_PROBE_CONCURRENCY: z.coerce.number('must be a number').int().min(1).max(2000).default(100),
  ROLLCALL_REMOTE_API: urlWith('https:', 'http:')
    .refine(
      (text) => !URL.canParse(text) || new URL(text).protocol === 'https:' || LOOPBACK_HOSTS.has(new URL(text).hostname),
      'must be https: credentials come over it',
    )
    .optional(),
  ROLLCALL_REGION_KEY: z
    .string()
    .regex(/^rcr_[\w-]{16,200}$/, 'must be a region key (rollcall-admin region-key create): rcr_…')
    .optional(),
  ROLLCALL_REMOTE_BUFFER_MB: z.coerce.number('must be a number').int().min(1).max(4096).default(64),
  ROLLCALL_WORKER_PORT: port.optional(),
});

/** Given together or not at all. */
const TOGETHER = [
  ['GITHUB_CLIENT_ID', 'GITHUB_CLIENT_SECRET'],
  ['GOOGLE_CLIENT_ID', 'GOOGLE_CLIENT_SECRET'],
  ['ROLLCALL_REMOTE_API', 'ROLLCALL_REGION_KEY'],
  ['ROLLCALL_OIDC_ISSUER', 'ROLLCALL_OIDC_CLIENT_ID', 'ROLLCALL_OIDC_CLIENT_SECRET'],
] as const;

/** @throws ConfigError when a remote prober is to be anything else as well. */
function remoteOf(e: z.infer<typeof schema>): RemoteConfig | null {
  if (e.ROLLCALL_REMOTE_API === undefined || e.ROLLCALL_REGION_KEY === undefined) return null;
  if (e.ROLLCALL_ROLES?.some((role) => role !== 'prober'))
    throw new ConfigError([{ key: 'ROLLCALL_ROLES', message: 'must be prober: with ROLLCALL_REMOTE_API nothing else can run here' }]);
  return {
    apiUrl: e.ROLLCALL_REMOTE_API.replace(/\/+$/, ''),
    regionKey: e.ROLLCALL_REGION_KEY,
    bufferBytes: e.ROLLCALL_REMOTE_BUFFER_MB * 1024 * 1024,
  };
}

function clientOf(clientId: string | undefined, clientSecret: string | undefined): OAuthClient | null {
  return clientId === undefined || clientSecret === undefined ? null : { clientId, clientSecret };
}

function publicUrlOf(host: string, port: number): string {
  if (LOOPBACK_HOSTS.has(host) || host === '0.0.0.0' || host === '::') return `http://localhost:${port}`;
  return `http://${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`;
}

/**
 * Reads and checks the environment. An empty value counts as absent. Relative paths are taken from `root` (the
 * repository root).
 * @throws ConfigError naming every bad key at once.
 */
export function readConfig(env: NodeJS.ProcessEnv, root: string = process.cwd()): Config {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = schema.safeParse(given);
  const missing: { key: string; message: string }[] = TOGETHER.flatMap((keys) => {
    const absent = keys.filter((key) => given[key] === undefined);
    return absent.length === keys.length ? [] : absent.map((key) => ({ key, message: `is needed beside ${keys.find((k) => given[k])}` }));
  });
  if (given['DATABASE_DIRECT_URL'] !== undefined && given['DATABASE_URL'] === undefined)
    missing.push({ key: 'DATABASE_URL', message: 'is needed beside DATABASE_DIRECT_URL' });
  const bad = parsed.success ? [] : parsed.error.issues.map((issue) => ({ key: String(issue.path[0]), message: issue.message }));
  if (!parsed.success || missing.length > 0) throw new ConfigError([...bad, ...missing]);
  const e = parsed.data;
  const remote = remoteOf(e);
  const embedded = e.DATABASE_URL === undefined && remote === null;
  const oidc = clientOf(e.ROLLCALL_OIDC_CLIENT_ID, e.ROLLCALL_OIDC_CLIENT_SECRET);
  return Object.freeze({
    databaseUrl: e.DATABASE_URL ?? null,
    databaseDirectUrl: e.DATABASE_DIRECT_URL ?? e.DATABASE_URL ?? null,
    redisUrl: e.REDIS_URL ?? null,
    smtpUrl: e.SMTP_URL ?? null,
    mailFrom: e.MAIL_FROM,
    port: e.PORT,
    host: e.HOST,
    publicUrl: (e.ROLLCALL_PUBLIC_URL ?? publicUrlOf(e.HOST, e.PORT)).replace(/\/+$/, ''),
    secret: e.ROLLCALL_SECRET ?? null,
    formerSecrets: e.ROLLCALL_FORMER_SECRETS ?? [],
    roles: e.ROLLCALL_ROLES ?? (remote ? (['prober'] as const) : ROLES),
    region: e.ROLLCALL_REGION,
    allowPrivateTargets: e.ROLLCALL_ALLOW_PRIVATE_TARGETS ?? (embedded && LOOPBACK_HOSTS.has(e.HOST)),
    dataDir: isAbsolute(e.ROLLCALL_DATA_DIR) ? e.ROLLCALL_DATA_DIR : resolve(root, e.ROLLCALL_DATA_DIR),
    demo: e.ROLLCALL_DEMO,
    bootstrapApiKey: e.ROLLCALL_API_KEY ?? null,
    adminEmail: e.ROLLCALL_ADMIN_EMAIL ?? null,
    adminPassword: e.ROLLCALL_ADMIN_PASSWORD ?? null,
    signup: e.ROLLCALL_SIGNUP,
    publicCheck: e.ROLLCALL_PUBLIC_CHECK,
    logLevel: e.LOG_LEVEL,
    webUrl: e.ROLLCALL_WEB_URL ?? null,
    apiUrl: e.ROLLCALL_API_URL ?? null,
    metricsToken: e.ROLLCALL_METRICS_TOKEN ?? null,
    canaryUrls: e.ROLLCALL_CANARY_URLS ?? [],
    heartbeatUrl: e.ROLLCALL_HEARTBEAT_URL ?? null,
    operatorEmail: e.ROLLCALL_OPERATOR_EMAIL ?? e.ROLLCALL_ADMIN_EMAIL ?? null,
    signIn: {
      github: clientOf(e.GITHUB_CLIENT_ID, e.GITHUB_CLIENT_SECRET),
      google: clientOf(e.GOOGLE_CLIENT_ID, e.GOOGLE_CLIENT_SECRET),
      oidc: oidc && e.ROLLCALL_OIDC_ISSUER ? { ...oidc, issuer: e.ROLLCALL_OIDC_ISSUER } : null,
    },
    probeConcurrency: e.ROLLCALL_PROBE_CONCURRENCY,
    remote,
    workerPort: e.ROLLCALL_WORKER_PORT ?? null,
  });
}
