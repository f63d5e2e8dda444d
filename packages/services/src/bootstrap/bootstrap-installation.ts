import { randomBytes } from 'node:crypto';
import type { Config } from '@rollcall/config';
import { AppError } from '@rollcall/core';
import { apiKeyPrefix, hashApiKey, newApiKey, newId, SealError, type Sealer } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { hashPassword } from '../accounts/password.ts';
import { prepareChannelConfig } from '../notices/channel-config.ts';
import { SECRET_CHECK } from './secret-check.ts';

const LOCK = 7_210_553_003n;
const DEFAULT_EMAIL = 'owner@rollcall.local';

export interface BootstrapDeps {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly config: Pick<Config, 'adminEmail' | 'adminPassword' | 'bootstrapApiKey' | 'allowPrivateTargets'>;
  readonly now: Date;
}

export interface Bootstrapped {
  readonly organizationId: string;
  /** Only from the start that made them: neither password nor key can be read back. */
  readonly credentials: { readonly email: string; readonly password: string; readonly apiKey: string } | null;
}

/**
 * Makes owner, organization, API key and a mail channel to the owner, once; safe when several processes start together.
 * Refuses an installation whose secrets were sealed with another ROLLCALL_SECRET, before anything goes wrong with it.
 * @throws AppError unprocessable
 */
export async function bootstrapInstallation(deps: BootstrapDeps): Promise<Bootstrapped> {
  const password = deps.config.adminPassword ?? randomBytes(12).toString('base64url');
  const hash = await hashPassword(password);
  return deps.db.$transaction(async (tx) => {
    await tx.$executeRaw`select pg_advisory_xact_lock(${LOCK})`;
    await checkSecret(tx, deps.sealer);
    const known = await tx.organization.findFirst({ orderBy: { createdAt: 'asc' }, select: { id: true } });
    if (known) {
      await ensureConfiguredKey(tx, known.id, deps);
      return { organizationId: known.id, credentials: null };
    }
    const email = (deps.config.adminEmail ?? DEFAULT_EMAIL).toLowerCase();
    const organizationId = await createOwner(tx, email, hash, deps.now);
    const made = newApiKey();
    const key = deps.config.bootstrapApiKey ?? made.key;
    await createKey(tx, organizationId, key, deps.now);
    await createMailChannel(tx, organizationId, email, deps);
    return { organizationId, credentials: { email, password, apiKey: key } };
  });
}

async function checkSecret(tx: Tx, sealer: Sealer): Promise<void> {
  const row = await tx.installation.findUnique({ where: { key: SECRET_CHECK.key } });
  if (!row) {
    await tx.installation.create({
      data: { key: SECRET_CHECK.key, value: { sealed: sealer.seal(SECRET_CHECK.plaintext, SECRET_CHECK.context) } },
    });
    return;
  }
  try {
    sealer.open((row.value as { sealed: string }).sealed, SECRET_CHECK.context);
  } catch (error) {
    if (!(error instanceof SealError)) throw error;
    throw new AppError(
      'unprocessable',
      `ROLLCALL_SECRET is not the one this database was set up with (${error.message}). Give the former one, also as ROLLCALL_FORMER_SECRETS.`,
      { cause: error },
    );
  }
}

async function createOwner(tx: Tx, email: string, passwordHash: string, now: Date): Promise<string> {
  const userId = newId('usr', now.getTime());
  const organizationId = newId('org', now.getTime());
  await tx.user.create({ data: { id: userId, name: 'Owner', email, emailVerified: true, createdAt: now } });
  // better-auth's account of provider "credential" holds the password.
  await tx.account.create({
    data: { id: newId('acc', now.getTime()), accountId: userId, providerId: 'credential', userId, password: passwordHash },
  });
  await tx.organization.create({
    data: { id: organizationId, name: 'My organization', slug: `org-${organizationId.slice(-8)}`, createdAt: now },
  });
  await tx.member.create({ data: { id: newId('mem', now.getTime()), organizationId, userId, role: 'owner', createdAt: now } });
  return organizationId;
}

async function createKey(tx: Tx, organizationId: string, key: string, now: Date): Promise<void> {
  await tx.apiKey.create({
    data: {
      id: newId('key', now.getTime()),
      organizationId,
      name: 'first key',
      prefix: apiKeyPrefix(key),
      hash: hashApiKey(key),
      scopes: ['admin'],
      createdAt: now,
    },
  });
}

/** ROLLCALL_API_KEY given to an installation that exists already: it opens the first organization, too. */
async function ensureConfiguredKey(tx: Tx, organizationId: string, { config, now }: BootstrapDeps): Promise<void> {
  if (!config.bootstrapApiKey) return;
  const there = await tx.apiKey.findUnique({ where: { hash: hashApiKey(config.bootstrapApiKey) }, select: { id: true } });
  if (!there) await createKey(tx, organizationId, config.bootstrapApiKey, now);
}

async function createMailChannel(tx: Tx, organizationId: string, email: string, deps: BootstrapDeps): Promise<void> {
  const id = newId('ch', deps.now.getTime());
  const policy = { allowPrivate: deps.config.allowPrivateTargets };
  const prepared = await prepareChannelConfig({ sealer: deps.sealer, policy }, { id, type: 'email', config: { to: email } });
  await tx.channel.create({
    data: {
      id,
      organizationId,
      type: 'email',
      name: 'Owner',
      config: prepared.sealed,
      configInfo: prepared.info as Prisma.InputJsonObject,
      routes: [],
      createdAt: deps.now,
    },
  });
}
