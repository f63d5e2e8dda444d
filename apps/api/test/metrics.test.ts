import { spawnSync } from 'node:child_process';
import type { Endpoint } from '@rollcall/contracts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startApi, type TestApi } from './harness.ts';
import { openIncident } from './open-incident.ts';

let api: TestApi;
beforeAll(async () => {
  api = await startApi();
});
afterAll(() => api.close());

it("tells Prometheus of the organization's own endpoints, with labels that no name can break", async () => {
  const add = async (name: string, key?: string) =>
    (
      await api.call('POST', '/api/v1/endpoints', {
        body: { name, url: 'https://m.example/mcp', tags: ['web'] },
        ...(key ? { key } : {}),
      })
    ).json<Endpoint>().id;
  const id = await add('quote " back \\ slash');
  const theirs = await add('theirs', api.theirs.keys.admin);
  await openIncident(api.db, id, api.ours.id);
  const notAfter = new Date(Date.now() + 30.05 * 86_400_000).toISOString();
  const certificate = { subject: 'm', issuer: 'ca', notBefore: notAfter, notAfter, sha256: 'x' };
  await api.db.endpointState.update({ where: { endpointId: id }, data: { status: 'down', summary: { certificate } } });
  const answer = await api.call('GET', '/api/v1/metrics', { key: api.ours.keys.read });
  expect(answer.statusCode, answer.body).toBe(200);
  expect(answer.headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = answer.body.split('\n');
  expect(lines).toContain(`rollcall_endpoint_info{endpoint="${id}",name="quote \\" back \\\\ slash"} 1`);
  expect(lines).toContain(`rollcall_endpoint_status{endpoint="${id}",status="down"} 1`);
  expect(lines).toContain(`rollcall_endpoint_status{endpoint="${id}",status="up"} 0`);
  expect(lines).toContain(`rollcall_endpoint_certificate_expiry_timestamp_seconds{endpoint="${id}"} ${Date.parse(notAfter) / 1000}`);
  expect(lines).toContain('rollcall_endpoints_omitted 0');
  expect(answer.body).not.toContain(theirs);
  for (const line of lines.filter((text) => text !== '' && !text.startsWith('#')))
    expect(line).toMatch(/^rollcall_[a-z_]+(\{([a-z]+="([^"\\]|\\.)*",?)+\})? -?[0-9.]+$/);
  const lint = spawnSync('promtool', ['check', 'metrics'], { encoding: 'utf8', input: answer.body });
  expect(lint.status, `${lint.error ?? ''}${lint.stderr}${lint.stdout}`).toBe(0);
  expect((await api.call('GET', '/api/v1/metrics?tag=none')).body).not.toContain(id);
});
