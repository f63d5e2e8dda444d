import { createHash, randomBytes } from 'node:crypto';
import type { AcceptedInvitation, AcceptInvitation, CreateInvitation, Invitation, OfferedInvitation, Page } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { newId } from '@rollcall/crypto';
import type { Db, Prisma, Tx } from '@rollcall/db';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireCursor, toPage } from '../access/page.ts';
import { writeAudit } from '../access/write-audit.ts';
import { lockMembers } from './change-members.ts';
import { hashPassword } from './password.ts';

const VALID_MS = 7 * 86_400_000;
/** Invitations are mails to strangers: an organization has only so many open at a time. */
const MAX_PENDING = 200;

type Row = Prisma.InvitationGetPayload<Record<string, never>>;

const hashToken = (token: string) => createHash('sha256').update(token, 'utf8').digest('hex');

function toInvitation(row: Row, now: Date): Invitation {
  const lapsed = row.status === 'pending' && row.expiresAt <= now;
  return {
    id: row.id,
    email: row.email,
    role: (row.role ?? 'member') as Invitation['role'],
    status: lapsed ? 'expired' : (row.status as Invitation['status']),
    expiresAt: row.expiresAt.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

/** The secret of the link is for the mail alone; whoever invites never sees it, so accepting proves the address. */
export interface SentInvitation {
  readonly invitation: Invitation;
  readonly token: string;
  readonly organizationName: string;
}

/** A further invitation to the same address takes the place of the former. @throws AppError forbidden, conflict, quota_exceeded. */
export async function createInvitation(db: Db, actor: Actor, input: CreateInvitation, now: Date): Promise<SentInvitation> {
  requireScope(actor, 'admin');
  const token = randomBytes(32).toString('base64url');
  return db.$transaction(async (tx) => {
    await lockMembers(tx, actor.organizationId);
    const { organizationId } = actor;
    const { email, role } = input;
    const organization = await tx.organization.findUniqueOrThrow({ where: { id: organizationId }, select: { name: true } });
    if ((await tx.member.count({ where: { organizationId, user: { email } } })) > 0)
      throw new AppError('conflict', 'Somebody with this address is a member already.');
    await tx.invitation.updateMany({ where: { organizationId, email, status: 'pending' }, data: { status: 'revoked', tokenHash: null } });
    const pending = await tx.invitation.count({ where: { organizationId, status: 'pending', expiresAt: { gt: now } } });
    if (pending >= MAX_PENDING) throw new AppError('quota_exceeded', `There are ${MAX_PENDING} open invitations; revoke some first.`);
    const row = await tx.invitation.create({
      data: {
        id: newId('inv', now.getTime()),
        organizationId,
        email,
        role,
        inviterId: await inviterOf(tx, actor),
        expiresAt: new Date(now.getTime() + VALID_MS),
        createdAt: now,
        tokenHash: hashToken(token),
      },
    });
    const invitation = toInvitation(row, now);
    await writeAudit(tx, actor, { action: 'invitation.created', target: row.id, after: invitation }, now);
    return { invitation, token, organizationName: organization.name };
  });
}

/** An API key invites in the name of the first owner; the log names the key. */
async function inviterOf(tx: Tx, actor: Actor): Promise<string> {
  if (actor.kind === 'member') return actor.id;
  const owner = await tx.member.findFirst({
    where: { organizationId: actor.organizationId, role: 'owner' },
    orderBy: { createdAt: 'asc' },
    select: { userId: true },
  });
  if (!owner) throw new AppError('conflict', 'The organization has no owner in whose name to invite.');
  return owner.userId;
}

/** Newest first. */
export async function listInvitations(
  db: Db,
  actor: Actor,
  query: { limit: number; cursor?: string | undefined },
  now: Date,
): Promise<Page<Invitation>> {
  requireScope(actor, 'admin');
  const cursor = requireCursor('inv', query.cursor);
  const rows = await db.invitation.findMany({
    where: { organizationId: actor.organizationId, ...(cursor === undefined ? {} : { id: { lt: cursor } }) },
    orderBy: { id: 'desc' },
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, (row) => toInvitation(row, now));
}

/** The link opens nothing any more. @throws AppError forbidden, not_found. */
export async function revokeInvitation(db: Db, actor: Actor, id: string, now: Date): Promise<void> {
  requireScope(actor, 'admin');
  await db.$transaction(async (tx) => {
    const row = await tx.invitation.findFirst({ where: { id, organizationId: actor.organizationId } });
    if (!row) throw new AppError('not_found', 'There is no such invitation.');
    const { count } = await tx.invitation.updateMany({ where: { id, status: 'pending' }, data: { status: 'revoked', tokenHash: null } });
    if (count === 0) return;
    await writeAudit(tx, actor, { action: 'invitation.revoked', target: id, before: toInvitation(row, now) }, now);
  });
}

async function open(db: Db | Tx, token: string, now: Date) {
  const row = await db.invitation.findFirst({
    where: { tokenHash: hashToken(token), status: 'pending', expiresAt: { gt: now } },
    include: { organization: { select: { id: true, name: true } } },
  });
  if (!row) throw new AppError('not_found', 'This invitation does not exist, was used or revoked, or has expired.');
  return row;
}

/** @throws AppError not_found. */
export async function readInvitation(db: Db, token: string, now: Date): Promise<OfferedInvitation> {
  const row = await open(db, token, now);
  const known = await db.user.count({ where: { email: row.email } });
  const { email, role, expiresAt } = toInvitation(row, now);
  return { organization: { name: row.organization.name }, email, role, expiresAt, hasAccount: known > 0 };
}

export interface AcceptContext {
  /** Who is signed in, if anybody. */
  readonly user: { readonly id: string; readonly email: string; readonly sessionId: string } | null;
  readonly address: string;
  readonly userAgent: string | null;
  /** Whether an account may be made. */
  readonly allowNewAccounts: boolean;
}

/**
 * Joins the organization: with a session of the invited address, or by making the account. The link came by mail, so
 * a new account's address is proved by it. @throws AppError not_found, forbidden, conflict, invalid_request.
 */
export async function acceptInvitation(db: Db, input: AcceptInvitation, context: AcceptContext, now: Date): Promise<AcceptedInvitation> {
  const offered = await open(db, input.token, now);
  const account = context.user === null ? await prepareAccount(db, offered.email, input, context) : null;
  if (context.user !== null && context.user.email.toLowerCase() !== offered.email)
    throw new AppError('forbidden', 'This invitation is for another address than the one you are signed in with.');
  return db.$transaction(async (tx) => {
    await lockMembers(tx, offered.organizationId);
    const row = await open(tx, input.token, now);
    const userId = account === null ? (context.user?.id ?? '') : await insertAccount(tx, row.email, account, now);
    const { role } = toInvitation(row, now);
    const { organizationId } = row;
    const member = await tx.member.upsert({
      where: { organizationId_userId: { organizationId, userId } },
      create: { id: newId('mem', now.getTime()), organizationId, userId, role, createdAt: now },
      update: {},
    });
    await tx.invitation.update({ where: { id: row.id }, data: { status: 'accepted', tokenHash: null } });
    if (context.user !== null)
      await tx.session.updateMany({ where: { id: context.user.sessionId, userId }, data: { activeOrganizationId: organizationId } });
    const { address, userAgent } = context;
    const actor = { organizationId, kind: 'member' as const, id: userId, label: row.email, address, userAgent };
    await writeAudit(
      tx,
      actor,
      { action: 'invitation.accepted', target: row.id, after: { member: member.id, email: row.email, role } },
      now,
    );
    return { organization: row.organization, member: { id: member.id, role } };
  });
}

interface NewAccount {
  readonly name: string;
  readonly passwordHash: string;
}

async function prepareAccount(db: Db, email: string, input: AcceptInvitation, context: AcceptContext): Promise<NewAccount> {
  if ((await db.user.count({ where: { email } })) > 0)
    throw new AppError('conflict', 'There is an account with this address: sign in with it, then accept.');
  if (!context.allowNewAccounts) throw new AppError('forbidden', 'This installation takes no new accounts.');
  const culprits = (['name', 'password'] as const)
    .filter((member) => input[member] === undefined)
    .map((member) => ({ pointer: `/${member}`, message: 'is needed to make the account' }));
  if (input.name === undefined || input.password === undefined)
    throw new AppError('invalid_request', 'Give a name and a password for the new account.', { culprits });
  return { name: input.name, passwordHash: await hashPassword(input.password) };
}

async function insertAccount(tx: Tx, email: string, { name, passwordHash }: NewAccount, now: Date): Promise<string> {
  const id = newId('usr', now.getTime());
  const { count } = await tx.user.createMany({
    data: [{ id, name, email, emailVerified: true, createdAt: now, updatedAt: now }],
    skipDuplicates: true,
  });
  if (count === 0) throw new AppError('conflict', 'There is an account with this address: sign in with it, then accept.');
  // better-auth's account of provider "credential" holds the password.
  await tx.account.create({
    data: { id: newId('acc', now.getTime()), accountId: id, providerId: 'credential', userId: id, password: passwordHash },
  });
  return id;
}
