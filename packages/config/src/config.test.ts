import { describe, expect, it } from 'vitest';
import { ConfigError, readConfig } from './config.ts';

describe('readConfig', () => {
  it('names every bad key at once and nothing else', () => {
    const env = {
      PORT: 'eighty',
      ROLLCALL_ROLES: 'api,chef',
      ROLLCALL_SECRET: 'short',
      REDIS_URL: 'http://x',
      LOG_LEVEL: 'loud',
      HOST: '127.0.0.1',
    };
    try {
      readConfig(env);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(ConfigError);
      expect(new Set((error as ConfigError).keys)).toEqual(
        new Set(['PORT', 'ROLLCALL_ROLES', 'ROLLCALL_SECRET', 'REDIS_URL', 'LOG_LEVEL']),
      );
    }
  });
  it('allows private targets by default only when embedded and bound to loopback', () => {
    expect(readConfig({}).allowPrivateTargets).toBe(true);
    expect(readConfig({ HOST: '0.0.0.0' }).allowPrivateTargets).toBe(false);
    expect(readConfig({ DATABASE_URL: 'postgres://x/y' }).allowPrivateTargets).toBe(false);
    expect(readConfig({ DATABASE_URL: 'postgres://x/y', ROLLCALL_ALLOW_PRIVATE_TARGETS: '1' }).allowPrivateTargets).toBe(true);
    expect(readConfig({ ROLLCALL_ALLOW_PRIVATE_TARGETS: '0' }).allowPrivateTargets).toBe(false);
  });
  it.each([
    ['PORT', ['0', '65536', '80.5', '-1', '0x50', '3e3', ' 80', '99999'], ['1', '65535', '3000']],
    ['HOST', ['bad host', '256.1.1.1', 'http://x', 'a/b', ':::'], ['0.0.0.0', '::', '::1', '[::1]', 'localhost', 'rollcall.example.com']],
    ['MAIL_FROM', ['nope', 'a@b c', 'Rollcall <nope>', 'a\r\nBcc: x@y'], ['a@b.example', 'Rollcall <alerts@b.example>', '<a@b>']],
    ['ROLLCALL_SECRET', ['AAAA', `${'A'.repeat(43)}= !!`, '!'.repeat(44)], [Buffer.alloc(32, 255).toString('base64')]],
  ] as const)('%s is what it should be', (key, bad, good) => {
    for (const value of bad) expect(() => readConfig({ [key]: value }), value).toThrow(ConfigError);
    for (const value of good) expect(() => readConfig({ [key]: value }), value).not.toThrow();
  });
  it('names what is missing beside a value in the same message as bad values', () => {
    try {
      readConfig({ PORT: 'x', GITHUB_CLIENT_ID: 'a' });
      expect.unreachable();
    } catch (error) {
      expect((error as ConfigError).keys).toEqual(['PORT', 'GITHUB_CLIENT_SECRET']);
    }
  });
  it('treats an empty value as absent', () => {
    expect(readConfig({ REDIS_URL: '', PORT: '' }).port).toBe(3000);
  });
  it('makes a remote prober of an address and a key: alone, over https, and with the guarded policy', () => {
    const remote = { ROLLCALL_REMOTE_API: 'https://rollcall.example.com/', ROLLCALL_REGION_KEY: `rcr_${'x'.repeat(32)}` };
    const config = readConfig(remote);
    expect(config).toMatchObject({ roles: ['prober'], allowPrivateTargets: false, remote: { apiUrl: 'https://rollcall.example.com' } });
    expect(readConfig({ ...remote, ROLLCALL_REMOTE_API: 'http://127.0.0.1:3000' }).remote).not.toBeNull();
    const keysOf = (env: NodeJS.ProcessEnv) => {
      try {
        readConfig(env);
      } catch (error) {
        return (error as ConfigError).keys;
      }
      return [];
    };
    expect(keysOf({ ...remote, ROLLCALL_REMOTE_API: 'http://rollcall.example.com' })).toEqual(['ROLLCALL_REMOTE_API']);
    expect(keysOf({ ROLLCALL_REMOTE_API: remote.ROLLCALL_REMOTE_API })).toEqual(['ROLLCALL_REGION_KEY']);
    expect(keysOf({ ...remote, ROLLCALL_REGION_KEY: `rc_${'x'.repeat(32)}` })).toEqual(['ROLLCALL_REGION_KEY']);
    expect(keysOf({ ...remote, ROLLCALL_ROLES: 'prober,scheduler' })).toEqual(['ROLLCALL_ROLES']);
  });
  it('goes past a pooler where a session is needed, and only beside one', () => {
    const pooled = { DATABASE_URL: 'postgres://pooler/x', DATABASE_DIRECT_URL: 'postgres://server/x' };
    expect(readConfig(pooled)).toMatchObject({ databaseUrl: 'postgres://pooler/x', databaseDirectUrl: 'postgres://server/x' });
    expect(readConfig({ DATABASE_URL: 'postgres://server/x' }).databaseDirectUrl).toBe('postgres://server/x');
    expect(() => readConfig({ DATABASE_DIRECT_URL: 'postgres://server/x' })).toThrow(/DATABASE_URL: is needed beside DATABASE_DIRECT_URL/);
  });
  it('is frozen', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
