import type { Db, Tx } from '@rollcall/db';
import { AUDITED_MODELS, type AuditedModel, accountChanges, type RowChange } from './account-changes.ts';
import { auditPerson } from './sessions.ts';

/** Where a change of an account comes from, as far as it is known. */
export interface AccountRequest {
  readonly address: string;
  readonly userAgent: string | null;
  /** The route of better-auth, e.g. `/two-factor/disable`. */
  readonly path: string;
}

type Row = Readonly<Record<string, unknown>>;
interface Args {
  readonly where?: object;
}
/** What all models have; the types of each are Prisma's business and better-auth's. */
interface Delegate {
  findMany(args: { where: object | undefined; take?: number }): Promise<Row[]>;
}
type Write = (args: Args) => Promise<unknown>;

const WRITES = ['create', 'update', 'updateMany', 'delete', 'deleteMany'] as const;
type Verb = (typeof WRITES)[number];
/** Nobody has more sessions than this; a runaway `where` must not read a table. */
const ROWS = 1000;

/**
 * The database as better-auth gets it: each write to an account carries its entry of the audit log in the same transaction, found
 * by comparing the rows. `request` says on whose behalf it is at this instant.
 */
export function auditedDb(db: Db, request: () => AccountRequest | null, now: () => Date): Db {
  const within = <C extends Db | Tx>(client: C, inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>): C =>
    new Proxy(client, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (name === '$transaction' && typeof value === 'function')
          return (work: (tx: Tx) => Promise<unknown>, options?: object) =>
            db.$transaction((tx) => work(within(tx, (inner) => inner(tx))), options);
        const model = AUDITED_MODELS.find((known) => known === name);
        if (model !== undefined) return auditedModel(value as object, model, inTransaction);
        return typeof value === 'function' ? value.bind(target) : value;
      },
    });
  const auditedModel = (delegate: object, model: AuditedModel, inTransaction: <T>(work: (tx: Tx) => Promise<T>) => Promise<T>) =>
    new Proxy(delegate, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        const verb = WRITES.find((known) => known === name);
        if (verb === undefined) return typeof value === 'function' ? value.bind(target) : value;
        const from = request();
        return (args: Args) => inTransaction((tx) => writeAudited(tx, { model, verb, args, from }, now()));
      },
    });
  return within(db, (work) => db.$transaction(work));
}

interface AuditedWrite {
  readonly model: AuditedModel;
  readonly verb: Verb;
  readonly args: Args;
  readonly from: AccountRequest | null;
}

async function writeAudited(tx: Tx, { model, verb, args, from }: AuditedWrite, now: Date): Promise<unknown> {
  const delegate = tx[model] as unknown as Delegate & Record<Verb, Write>;
  const before = verb === 'create' ? [] : await delegate.findMany({ where: args.where, take: ROWS });
  const result = await delegate[verb](args);
  const untouched = (result as { count?: unknown } | null)?.count === 0;
  if (untouched) return result;
  const changes: RowChange[] =
    verb === 'create'
      ? [{ before: null, after: result as Row }]
      : await changesSince(delegate, before, verb === 'update' || verb === 'updateMany');
  for (const { userId, organizationId, entry } of accountChanges(model, changes, from?.path ?? null)) {
    const user = await tx.user.findUnique({ where: { id: userId }, select: { email: true } });
    if (user === null) continue;
    const person = { id: userId, email: user.email, ...(from === null ? {} : { address: from.address, userAgent: from.userAgent }) };
    const named = organizationId === undefined ? entry : { ...entry, after: await newOrganization(tx, organizationId, user.email) };
    await auditPerson(tx, person, named, now, organizationId);
  }
  return result;
}

async function newOrganization(tx: Tx, id: string, owner: string): Promise<{ name: string; owner: string }> {
  const { name } = await tx.organization.findUniqueOrThrow({ where: { id }, select: { name: true } });
  return { name, owner };
}

async function changesSince(delegate: Delegate, before: readonly Row[], stays: boolean): Promise<RowChange[]> {
  const ids = before.map((row) => String(row['id']));
  const after = stays && ids.length > 0 ? await delegate.findMany({ where: { id: { in: ids } } }) : [];
  return before.map((row) => ({ before: row, after: after.find(({ id }) => id === row['id']) ?? null }));
}
