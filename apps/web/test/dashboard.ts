import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type MockApi, startMockApi } from './mock-api.ts';

const app = dirname(dirname(fileURLToPath(import.meta.url)));

export interface Dashboard {
  url: string;
  api: MockApi;
  close(): Promise<void>;
}

/** The built web process behind the mock API, on one port, as in production. Ports are chosen by the system. */
export async function startDashboard({ port = 0 } = {}): Promise<Dashboard> {
  if (!existsSync(join(app, '.next/BUILD_ID'))) throw new Error('apps/web is not built: run `npm run build -w @rollcall/web`');
  const api = await startMockApi({ port });
  const next = createRequire(import.meta.url).resolve('next/dist/bin/next');
  const web = spawn(process.execPath, [next, 'start', '-p', '0', '-H', '127.0.0.1'], {
    cwd: app,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ROLLCALL_API_URL: api.url },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  api.setWeb(await addressOf(web));
  return {
    url: api.url,
    api,
    close: async () => {
      await stop(web);
      await api.close();
    },
  };
}

/** Next prints the address it listens on; its end before that is an error. */
function addressOf(web: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    let printed = '';
    web.stdout?.on('data', (chunk: Buffer) => {
      printed += chunk.toString();
      const found = /http:\/\/[\d.a-z]+:(\d+)/.exec(printed);
      if (found !== null && printed.includes('Ready')) resolve(`http://127.0.0.1:${found[1]}`);
    });
    web.once('exit', (code) => reject(new Error(`next start ended with ${code}: ${printed}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
