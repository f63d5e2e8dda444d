// next build, offline and silent about us. Types are checked by `npm run typecheck`, not here.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildStatusSite } from './build-status.mjs';

const app = dirname(dirname(fileURLToPath(import.meta.url)));
const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
const result = spawnSync(process.execPath, [next, 'build'], {
  cwd: app,
  stdio: 'inherit',
  env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1' },
});
if (result.status !== 0) process.exit(result.status ?? 1);
await buildStatusSite();
