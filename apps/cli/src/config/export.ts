import { isPlaceholder } from '@rollcall/contracts';
import { stringify } from 'yaml';
import { EXIT_OK } from '../exit-codes.ts';
import { serverOf } from '../server/call.ts';

/** Prints what the server has as a file for `rollcall apply`. @throws Error */
export async function exportFile(env: NodeJS.ProcessEnv, options: { readonly name?: string; readonly json: boolean }): Promise<number> {
  const { url, client } = serverOf(env);
  const config = escapeVariables(await client.get('/config', { query: { name: options.name } }), []);
  if (options.json) process.stdout.write(`${JSON.stringify(config, null, 2)}\n`);
  else process.stdout.write(`# yaml-language-server: $schema=${url}/api/v1/config/schema.json\n${stringify(config, { lineWidth: 0 })}`);
  return EXIT_OK;
}

/** Where the server puts placeholders: headers and sign-in of endpoints, configurations of channels. */
function holdsSecrets([section, , member]: readonly string[]): boolean {
  return section === 'endpoints' ? member === 'headers' || member === 'auth' : section === 'channels' && member === 'config';
}

/** Text that merely looks like a variable must come back as it is. */
export function escapeVariables(value: unknown, path: readonly string[]): unknown {
  if (typeof value === 'string') return isPlaceholder(value) && holdsSecrets(path) ? value : value.replaceAll('${', () => '$${');
  if (Array.isArray(value)) return value.map((item, index) => escapeVariables(item, [...path, String(index)]));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, escapeVariables(member, [...path, key])]));
}
