import type { Endpoint } from '@rollcall/contracts';
import { isRecord, type JsonRecord } from '@rollcall/core';
import type { Db } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';
import { parseSummary } from '../probes/summary.ts';
import { loadSnapshots } from './store-snapshots.ts';

type Warning = NonNullable<Endpoint['warnings']>[number];

const MAX_ENDPOINTS = 20;

/** The endpoint as it answers who wrote it: with what speaks against calling the tool that it names. */
export async function withWarnings(db: Db, actor: Actor, endpoint: Endpoint): Promise<Endpoint> {
  const tool = endpoint.expect.call?.tool;
  if (tool === undefined) return endpoint;
  const warning = warningOf(tool, await knownTools(db, actor, endpoint));
  return warning === null ? endpoint : { ...endpoint, warnings: [warning] };
}

/** What the server last said of its tools, to this endpoint or to another one of the organization with the same address. */
async function knownTools(db: Db, actor: Actor, { id, url }: Endpoint): Promise<readonly JsonRecord[] | null> {
  const rows = await db.endpoint.findMany({
    where: { organizationId: actor.organizationId, url },
    select: { id: true, state: { select: { summary: true } } },
    orderBy: { id: 'desc' },
    take: MAX_ENDPOINTS,
  });
  const known = rows.flatMap((row) => {
    const { drift } = parseSummary(row.state?.summary);
    return drift === null ? [] : [{ own: row.id === id, hash: drift.settled }];
  });
  const newest = known.find(({ own }) => own) ?? known[0];
  if (newest === undefined) return null;
  const snapshot = (await loadSnapshots(db, actor.organizationId, [newest.hash])).get(newest.hash)?.snapshot;
  return snapshot?.tools?.filter(isRecord) ?? null;
}

/** Pure. Annotations are hints of the server and prove nothing (2025-11-25 tools, "ToolAnnotations"): they warn, they do not decide. */
export function warningOf(tool: string, tools: readonly JsonRecord[] | null): Warning | null {
  const warn = (message: string): Warning => ({ pointer: '/expect/call/tool', message });
  if (tools === null) return warn(`What "${tool}" does is not known yet: every probe calls it, whatever its annotations will say.`);
  const found = tools.find(({ name }) => name === tool);
  if (found === undefined) return warn(`The server has not listed a tool "${tool}".`);
  const annotations = isRecord(found['annotations']) ? found['annotations'] : {};
  if (annotations['destructiveHint'] === true) return warn(`The server says that "${tool}" is destructive, and every probe calls it.`);
  if (annotations['readOnlyHint'] !== true) return warn(`The server does not say that "${tool}" only reads, and every probe calls it.`);
  return null;
}
