import { newId } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';

/** A change of an endpoint's tools, as the recorder writes it. */
export async function toolChange(db: Db, endpointId: string, organizationId: string): Promise<string> {
  const id = newId('tc');
  const side = (count: number) => ({ hash: `sha256:${count}`, count, server: { name: 'weather', version: '1.0.0' } });
  const data = {
    class: 'breaking',
    classes: ['breaking'],
    summary: 'Breaking: 1 tool removed',
    unversioned: true,
    before: side(2),
    after: side(1),
    added: [],
    removed: ['history'],
    changed: [],
    changes: [{ class: 'breaking', what: 'tool removed', tool: 'history', pointer: '', before: '{}', after: null }],
    total: 1,
  };
  await db.toolChange.create({
    data: { id, organizationId, endpointId, fromHash: 'sha256:2', toHash: 'sha256:1', class: 'breaking', data, at: new Date() },
  });
  return id;
}
