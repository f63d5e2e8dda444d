import { createSealer, hashApiKey } from '@rollcall/crypto';
import { type TestDatabase, testDatabase } from '@rollcall/testkit';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { scopesOf } from '../access/actor.ts';
import { verifyPassword } from '../accounts/password.ts';
import { deleteDemo } from '../endpoints/delete-endpoint.ts';
import { bootstrapInstallation } from './bootstrap-installation.ts';
import { registerDemoEndpoints } from './register-demo-endpoints.ts';

const sealer = createSealer(Buffer.alloc(32, 1).toString('base64'));
const config = { adminEmail: null, adminPassword: null, bootstrapApiKey: null, allowPrivateTargets: true };
let database: TestDatabase;
beforeEach(async () => {
  database = await testDatabase();
});
afterEach(() => database.close());
const bootstrap = (more: Partial<Parameters<typeof bootstrapInstallation>[0]> = {}) =>
  bootstrapInstallation({ db: database.db, sealer, config, now: new Date(), ...more });

describe('bootstrapInstallation', () => {
  it('makes owner, organization, key and mail channel once, also when three processes start together', async () => {
    const all = await Promise.all([bootstrap(), bootstrap(), bootstrap()]);
    const made = all.flatMap(({ credentials }) => (credentials ? [credentials] : []));
    expect(made).toHaveLength(1);
    expect(new Set(all.map(({ organizationId }) => organizationId)).size).toBe(1);
    const counts = await Promise.all([
      database.db.user.count(),
      database.db.organization.count(),
      database.db.apiKey.count(),
      database.db.channel.count(),
    ]);
    expect(counts).toEqual([1, 1, 1, 1]);
    const account = await database.db.account.findFirstOrThrow();
    expect(await verifyPassword(account.password ?? '', made[0]?.password ?? '')).toBe(true);
    expect(await verifyPassword(account.password ?? '', 'another')).toBe(false);
    const key = await database.db.apiKey.findFirstOrThrow();
    expect(key.hash).toBe(hashApiKey(made[0]?.apiKey ?? ''));
    expect((await bootstrap()).credentials).toBeNull();
  });

  it('takes address, password and key from the configuration, and a key given later opens the same organization', async () => {
    const given = {
      ...config,
      adminEmail: 'Ops@Example.com',
      adminPassword: 'from the environment',
      bootstrapApiKey: 'rc_given_by_the_operator',
    };
    const made = await bootstrap({ config: given });
    expect(made.credentials).toEqual({ email: 'ops@example.com', password: given.adminPassword, apiKey: given.bootstrapApiKey });
    await bootstrap({ config: { ...given, bootstrapApiKey: 'rc_given_at_a_later_start' } });
    const keys = await database.db.apiKey.findMany({ select: { organizationId: true } });
    expect(keys).toEqual([{ organizationId: made.organizationId }, { organizationId: made.organizationId }]);
  });

  it('refuses another ROLLCALL_SECRET in one sentence and accepts it together with the former one', async () => {
    await bootstrap();
    const other = Buffer.alloc(32, 2).toString('base64');
    await expect(bootstrap({ sealer: createSealer(other) })).rejects.toThrow(/ROLLCALL_SECRET/);
    const rotated = createSealer(other, [Buffer.alloc(32, 1).toString('base64')]);
    await expect(bootstrap({ sealer: rotated })).resolves.toMatchObject({ credentials: null });
  });
});

describe('registerDemoEndpoints', () => {
  it('registers once, follows a changed port, and stays away once removed', async () => {
    const { organizationId } = await bootstrap();
    const register = (port: number) =>
      registerDemoEndpoints({
        db: database.db,
        sealer,
        organizationId,
        region: 'default',
        endpoints: [{ name: 'Demo: weather', transport: 'streamable-http', url: `http://127.0.0.1:${port}/mcp` }],
        now: new Date(),
      });
    await register(4001);
    await register(4002);
    const rows = await database.db.endpoint.findMany();
    expect(rows.map(({ url, demo }) => [url, demo])).toEqual([['http://127.0.0.1:4002/mcp', true]]);
    const actor = { organizationId, kind: 'member' as const, id: 'usr_x', label: 'x', role: 'owner' as const, scopes: scopesOf(['admin']) };
    expect(await deleteDemo(database.db, actor, new Date())).toBe(1);
    await register(4003);
    expect(await database.db.endpoint.count()).toBe(0);
  });
});
