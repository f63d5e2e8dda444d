import { createSealer } from '@rollcall/crypto';
import { symmetricDecrypt, symmetricEncrypt } from 'better-auth/crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { sessionSecret } from '../src/auth.ts';
import { rotateSecret } from '../src/rotate-secret.ts';
import { SECRET, startApi, type TestApi } from './harness.ts';

const NEXT = Buffer.alloc(32, 77).toString('base64');
let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it('seals everything anew, so that the former secret is needed no more; twice is once', async () => {
  const made = await api.call('POST', '/api/v1/endpoints', {
    body: { name: 's', url: 'https://s.example/mcp', headers: { 'X-Key': 'hunter2' } },
    headers: { 'idempotency-key': 'once' },
  });
  const endpoint = made.json<{ id: string }>().id;
  const body = { type: 'webhook', name: 'w', config: { url: 'https://w.example/hook' } };
  const channel = (await api.call('POST', '/api/v1/channels', { body })).json<{ id: string }>().id;
  const user = await api.db.user.findFirstOrThrow();
  const encrypt = (data: string) => symmetricEncrypt({ key: sessionSecret(SECRET), data });
  const factor = { id: 'tfa_x', userId: user.id, secret: await encrypt('totp'), backupCodes: await encrypt('["a"]') };
  await api.db.twoFactor.create({ data: factor });

  await expect(rotateSecret(api.db, NEXT, [Buffer.alloc(32, 5).toString('base64')])).rejects.toThrow(/another ROLLCALL_SECRET/);
  expect(await rotateSecret(api.db, NEXT, [SECRET])).toEqual({ endpoints: 1, channels: 1, answers: 1, secondFactors: 1 });
  expect(await rotateSecret(api.db, NEXT, [SECRET])).toEqual({ endpoints: 0, channels: 0, answers: 0, secondFactors: 0 });

  const sealer = createSealer(NEXT);
  const row = await api.db.endpoint.findUniqueOrThrow({ where: { id: endpoint } });
  expect(sealer.open(row.credentials ?? '', `endpoint/${endpoint}`)).toContain('hunter2');
  expect(sealer.open((await api.db.channel.findUniqueOrThrow({ where: { id: channel } })).config, `channel/${channel}`)).toContain(
    'w.example',
  );
  const kept = await api.db.idempotencyKey.findFirstOrThrow();
  expect(sealer.open((kept.body as { sealed: string }).sealed, `idempotency/${kept.organizationId}/${kept.key}`)).toContain(endpoint);
  const after = await api.db.twoFactor.findUniqueOrThrow({ where: { id: 'tfa_x' } });
  expect(await symmetricDecrypt({ key: sessionSecret(NEXT), data: after.secret })).toBe('totp');
  expect(await symmetricDecrypt({ key: sessionSecret(NEXT), data: after.backupCodes })).toBe('["a"]');
});
