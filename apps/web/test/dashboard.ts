import { type ChildProcess, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
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
export async function startDashboard({ port = 0, designPage = false } = {}): Promise<Dashboard> {
  if (!existsSync(join(app, '.next/BUILD_ID'))) throw new Error('apps/web is not built: run `npm run build -w @rollcall/web`');
  const api = await startMockApi({ port });
  const web = fork(join(app, 'server.mjs'), {
    cwd: app,
    env: { ...process.env, PORT: '0', HOST: '127.0.0.1', ROLLCALL_API_URL: api.url, ROLLCALL_DESIGN_PAGE: designPage ? '1' : '' },
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
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

/** The web process says where it listens; its end before that is an error. */
function addressOf(web: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    web.once('message', (message: { port: number }) => resolve(`http://127.0.0.1:${message.port}`));
    web.once('exit', (code) => reject(new Error(`the web process ended with ${code}`)));
  });
}

function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill('SIGTERM');
  });
}
