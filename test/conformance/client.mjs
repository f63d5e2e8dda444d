// `rollcall check` as the client that the MCP conformance suite runs: node client.mjs <server-url>.
// What a scenario tells its client comes as JSON in MCP_CONFORMANCE_CONTEXT.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const rollcall = fileURLToPath(new URL('../../apps/cli/bin/rollcall.mjs', import.meta.url));
const url = process.argv.at(-1) ?? '';
const context = JSON.parse(process.env.MCP_CONFORMANCE_CONTEXT ?? '{}');
const credentials =
  context.client_id === undefined ? [] : ['--oauth-client-id', context.client_id, '--oauth-client-secret', context.client_secret];

const child = spawn(process.execPath, [rollcall, 'check', url, '--json', ...credentials], { stdio: 'inherit' });
child.once('exit', (code) => process.exit(code ?? 1));
