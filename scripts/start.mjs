// npm start: installs what is missing, builds what is stale, then becomes Rollcall (apps/standalone).
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuilt, ensureInstalled, requireNode, root } from './lib/workspace.mjs';

requireNode();
const say = (text) => process.stdout.write(`  ${text}\n`);
const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

process.stdout.write('Rollcall\n');
let since = Date.now();
if (await ensureInstalled()) say(`✔ dependencies installed   ${seconds(since)}`);
since = Date.now();
const roles = (process.env.ROLLCALL_ROLES ?? '').split(',').map((role) => role.trim());
const needsWeb = roles.join('') === '' || roles.includes('web');
await ensureBuilt(['@rollcall/standalone', '@rollcall/api', '@rollcall/worker', ...(needsWeb ? ['@rollcall/web'] : [])]);
say(`✔ build                    ${seconds(since)}`);
process.env.ROLLCALL_ROOT = root;
await import(pathToFileURL(join(root, 'apps/standalone/dist/main.js')).href);
