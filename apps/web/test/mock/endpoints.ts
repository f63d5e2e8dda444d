import type { Endpoint } from '@rollcall/contracts';
import { clientConfigsFor } from '@rollcall/contracts/client-config';
import type { Answer, Call } from '../mock-api.ts';
import { toolChanges, toolsOf } from './tools.ts';

const json = (body: unknown, status = 200): Answer => ({ status, body });
const changes = structuredClone(toolChanges);

/** What one endpoint answers beyond its history; null: not ours. */
export function answerTabs(call: Call, endpoint: Endpoint, sub: string | undefined, id: string | undefined): Answer | null {
  if (sub === 'tools') return json(toolsOf(endpoint));
  if (sub === 'client-configs') {
    const { transport } = endpoint.state;
    return json({
      data: clientConfigsFor({
        name: endpoint.name,
        url: endpoint.url,
        transport: transport === 'sse' ? 'sse' : 'streamable-http',
        headers: Object.keys(endpoint.headers),
        auth: endpoint.auth.type,
      }),
    });
  }
  if (sub !== 'tool-changes') return null;
  const own = changes[endpoint.id] ?? [];
  if (call.method !== 'POST') return json({ data: own, nextCursor: null });
  const found = own.find((change) => change.id === id);
  if (found === undefined) return { status: 404 };
  return json(Object.assign(found, { acknowledgedAt: new Date().toISOString(), acknowledgedBy: 'Maya Lind' }));
}
