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
  it('treats an empty value as absent', () => {
    expect(readConfig({ REDIS_URL: '', PORT: '' }).port).toBe(3000);
  });
  it('is frozen', () => {
    expect(Object.isFrozen(readConfig({}))).toBe(true);
  });
});
