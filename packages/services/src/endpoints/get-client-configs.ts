import { type ClientConfig, clientConfigsFor } from '@rollcall/contracts/client-config';
import type { Db } from '@rollcall/db';
import type { Actor } from '../access/actor.ts';
import { getEndpoint } from './read-endpoints.ts';

/** What a person copies into a client to use the endpoint. What the server was last seen to speak decides where the owner left it open. */
export async function getClientConfigs(db: Db, actor: Actor, id: string): Promise<{ data: ClientConfig[] }> {
  const endpoint = await getEndpoint(db, actor, id);
  const transport = endpoint.transport === 'auto' ? endpoint.state.transport : endpoint.transport;
  return {
    data: clientConfigsFor({
      name: endpoint.name,
      url: endpoint.url,
      transport: transport === 'sse' ? 'sse' : 'streamable-http',
      headers: Object.keys(endpoint.headers),
      auth: endpoint.auth.type,
    }),
  };
}
