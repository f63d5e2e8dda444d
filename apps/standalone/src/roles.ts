import { join } from 'node:path';
import type { Config } from '@rollcall/config';
import type { Role } from '@rollcall/core';
import type { ChildSpec } from './child.ts';

export interface RolePorts {
  /** Where the web role listens on loopback; unused without it. */
  readonly web: number;
  readonly demo: number;
}

const WORKER_ROLES: readonly Role[] = ['scheduler', 'prober', 'alerter', 'janitor'];

/** The processes that this configuration asks for, in the order in which they start; they stop in the opposite one. */
export function planRoles(
  config: Config,
  databaseUrl: string,
  secret: string,
  ports: RolePorts,
  root: string,
  parentEnv: NodeJS.ProcessEnv,
): ChildSpec[] {
  const has = (role: Role) => config.roles.includes(role);
  const alone = !has('api');
  const env: NodeJS.ProcessEnv = {
    ...parentEnv,
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    ROLLCALL_SECRET: secret,
    ROLLCALL_DATA_DIR: config.dataDir,
    ROLLCALL_PUBLIC_URL: config.publicUrl,
    ROLLCALL_ALLOW_PRIVATE_TARGETS: config.allowPrivateTargets ? '1' : '0',
    ROLLCALL_ROOT: root,
  };
  const log = (name: string) => join(config.dataDir, 'logs', `${name}.log`);
  const specs: ChildSpec[] = [];
  const workerRoles = WORKER_ROLES.filter(has);
  if (workerRoles.length > 0) {
    specs.push({
      name: 'worker',
      file: join(root, 'apps/worker/dist/main.js'),
      env: { ...env, ROLLCALL_ROLES: workerRoles.join(',') },
      logFile: log('worker'),
      readyWithinMs: 60_000,
      stopWithinMs: 30_000,
    });
  }
  if (has('web')) {
    specs.push({
      name: 'web',
      file: join(root, 'apps/web/server.mjs'),
      // Alone it is the public process; beside the api it hides behind it.
      env: {
        ...env,
        PORT: String(alone ? config.port : ports.web),
        HOST: alone ? config.host : '127.0.0.1',
        ROLLCALL_API_URL: config.apiUrl ?? `http://127.0.0.1:${config.port}`,
      },
      logFile: log('web'),
      readyWithinMs: 90_000,
      stopWithinMs: 10_000,
    });
  }
  if (has('api')) {
    specs.push({
      name: 'api',
      file: join(root, 'apps/api/dist/main.js'),
      env: {
        ...env,
        ROLLCALL_ROLES: 'api',
        PORT: String(config.port),
        HOST: config.host,
        ...(config.webUrl ? { ROLLCALL_WEB_URL: config.webUrl } : has('web') ? { ROLLCALL_WEB_URL: `http://127.0.0.1:${ports.web}` } : {}),
      },
      logFile: log('api'),
      readyWithinMs: 60_000,
      stopWithinMs: 15_000,
    });
  }
  return specs;
}

/** A remote prober alone: it has no database and no secret, and is given none. */
export function remoteSpec(config: Config, root: string, parentEnv: NodeJS.ProcessEnv): ChildSpec {
  return {
    name: 'worker',
    file: join(root, 'apps/worker/dist/main.js'),
    env: { ...parentEnv, NODE_ENV: 'production', ROLLCALL_ROLES: 'prober' },
    logFile: join(config.dataDir, 'logs', 'worker.log'),
    readyWithinMs: 60_000,
    stopWithinMs: 40_000,
  };
}

export function demoSpec(config: Config, port: number, root: string, parentEnv: NodeJS.ProcessEnv): ChildSpec {
  return {
    name: 'demo',
    file: join(root, 'apps/standalone/dist/demo.main.js'),
    env: { ...parentEnv, NODE_ENV: 'production', PORT: String(port) },
    logFile: join(config.dataDir, 'logs', 'demo.log'),
    readyWithinMs: 30_000,
    stopWithinMs: 2000,
  };
}
