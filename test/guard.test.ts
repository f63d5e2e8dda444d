import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
/** A public unicast address (policy says so); inside the namespace it is ours alone and no packet leaves. */
const PUBLIC = '93.184.215.14';

interface Outcome {
  verdict: string;
  cause: string | null;
  text: string;
  privateHits: number;
  reachedPublic: boolean;
  tokenRequests: number;
}
let outcomes: Record<string, Outcome>;

beforeAll(() => {
  const script = `ip link set lo up && ip addr add ${PUBLIC}/32 dev lo && exec "${process.execPath}" --import tsx test/guard/scenario.ts`;
  const run = spawnSync('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', script], {
    cwd: root,
    encoding: 'utf8',
    env: { ...process.env, GUARD_PUBLIC_ADDRESS: PUBLIC },
    timeout: 110_000,
  });
  if (run.status !== 0) throw new Error(`the namespace could not be used (${run.status ?? run.error?.message}): ${run.stderr}`);
  outcomes = JSON.parse(run.stdout.trim().split('\n').at(-1) ?? '{}');
});

describe('an installation that allows public addresses only', () => {
  it.each(['literal', 'mapped', 'decimal', 'name'])('refuses a private address spelled as %s, and never connects', (spelling) => {
    expect(outcomes[spelling]).toMatchObject({ privateHits: 0 });
    expect(outcomes[spelling]?.verdict).not.toBe('up');
    expect(['prober.address_blocked', 'dns.private_address']).toContain(outcomes[spelling]?.cause);
  });

  const ways = ['redirect', 'endpointEvent', 'resourceMetadata', 'authorizationServer', 'tokenEndpoint'];
  it.each(ways)('does not follow a public server to a private address by its %s', (way) => {
    expect(outcomes[way]).toMatchObject({ reachedPublic: true, privateHits: 0 });
    expect(outcomes[way]?.cause).not.toBeNull();
    expect(outcomes[way]?.verdict).not.toBe('up');
  });

  it('tells a token endpoint at a private address as one that gives no token', () => {
    expect(outcomes['tokenEndpoint']?.cause).toBe('auth.token_endpoint_failing');
  });

  it('sends a client secret over https alone', () => {
    expect(outcomes['plainTokenEndpoint']).toMatchObject({ reachedPublic: true, tokenRequests: 0, cause: 'auth.as_metadata_missing' });
  });
});
