import { readConfig } from '@rollcall/config';
import { describe, expect, it } from 'vitest';
import { restartDelayMs } from './child.ts';
import { planRoles } from './roles.ts';

const plan = (env: NodeJS.ProcessEnv) =>
  planRoles(readConfig(env, '/repo'), 'postgres://db', 'secret', { web: 4001, demo: 4002 }, '/repo', {});

describe('planRoles', () => {
  it('hides the web role behind the api, which alone listens on the public port', () => {
    const specs = plan({ PORT: '3100', HOST: '0.0.0.0' });
    expect(specs.map((spec) => spec.name)).toEqual(['worker', 'web', 'api']);
    const [, web, api] = specs;
    expect(web?.env).toMatchObject({ PORT: '4001', HOST: '127.0.0.1', ROLLCALL_API_URL: 'http://127.0.0.1:3100' });
    expect(api?.env).toMatchObject({ PORT: '3100', HOST: '0.0.0.0', ROLLCALL_WEB_URL: 'http://127.0.0.1:4001' });
  });
  it('starts only the roles that are named, the worker roles in one process', () => {
    expect(plan({ ROLLCALL_ROLES: 'prober' }).map((spec) => [spec.name, spec.env['ROLLCALL_ROLES']])).toEqual([['worker', 'prober']]);
    expect(plan({ ROLLCALL_ROLES: 'scheduler,alerter,janitor' })[0]?.env['ROLLCALL_ROLES']).toBe('scheduler,alerter,janitor');
    expect(plan({ ROLLCALL_ROLES: 'api' }).map((spec) => spec.name)).toEqual(['api']);
  });
  it('hands every role the decisions made here, so that a role in its own process decides nothing differently', () => {
    for (const spec of plan({})) {
      expect(spec.env).toMatchObject({
        DATABASE_URL: 'postgres://db',
        ROLLCALL_SECRET: 'secret',
        ROLLCALL_ALLOW_PRIVATE_TARGETS: '1',
        ROLLCALL_PUBLIC_URL: 'http://localhost:3000',
      });
    }
  });
});

describe('restartDelayMs', () => {
  it('grows to ten seconds and no further', () => {
    expect([0, 1, 2, 20].map(restartDelayMs)).toEqual([200, 400, 800, 10_000]);
  });
});
