import type { Db } from '@rollcall/db';
import { getAccount, listSessions, type Person } from '../accounts/sessions.ts';
import { EXPORT_PAGE, pagesOf, rowPages, writeDocument } from './write-document.ts';

/** What is kept about a person (contracts accountExportSchema), written as it is read. @throws AppError not_found. */
export async function exportAccount(db: Db, person: Person, now: Date): Promise<AsyncGenerator<string>> {
  const account = await getAccount(db, person);
  const { createdAt } = await db.user.findUniqueOrThrow({ where: { id: person.id }, select: { createdAt: true } });
  const memberships = await db.member.findMany({ where: { userId: person.id }, select: { organizationId: true, createdAt: true } });
  const joinedAt = new Map(memberships.map((member) => [member.organizationId, member.createdAt]));
  const signIns = await db.account.findMany({
    where: { userId: person.id },
    select: { providerId: true, accountId: true, createdAt: true },
    orderBy: { id: 'asc' },
  });
  const head = {
    schema: 'rollcall.account/1',
    exportedAt: now,
    user: { ...account.user, createdAt },
    organizations: account.organizations.map(({ id, name, role }) => ({ id, name, role, joinedAt: joinedAt.get(id) ?? now })),
    signIns: signIns.map(({ providerId, accountId, createdAt: since }) => ({ provider: providerId, accountId, createdAt: since })),
  };
  return writeDocument(head, [
    ['sessions', pagesOf((query) => listSessions(db, person, query, now))],
    ['invitations', invitations(db, person)],
    ['actions', actions(db, person)],
  ]);
}

function below(id: string | undefined) {
  return id === undefined ? {} : { id: { lt: id } };
}

function invitations(db: Db, person: Person) {
  return rowPages(
    (last) =>
      db.invitation.findMany({
        where: { email: person.email.toLowerCase(), ...below(last) },
        include: { organization: { select: { name: true } } },
        orderBy: { id: 'desc' },
        take: EXPORT_PAGE,
      }),
    ({ organization, role, status, createdAt }) => ({
      organization: organization.name,
      role: role ?? 'member',
      status,
      createdAt: createdAt.toISOString(),
    }),
  );
}

function actions(db: Db, person: Person) {
  return rowPages(
    (last) => db.auditLog.findMany({ where: { actorId: person.id, ...below(last) }, orderBy: { id: 'desc' }, take: EXPORT_PAGE }),
    ({ at, organizationId, action, target, address }) => ({ at: at.toISOString(), organization: organizationId, action, target, address }),
  );
}
