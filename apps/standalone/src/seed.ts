import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '@rollcall/config';
import { createSealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { bootstrapInstallation, registerDemoEndpoints } from '@rollcall/services';
import { DEMO_ENDPOINTS } from './demo/endpoints.ts';
import { writePrivately } from './secret-file.ts';
import type { Credentials } from './summary.ts';

/**
 * Makes owner, organization, API key and (with a port) the demonstration endpoints where they are missing. What was
 * made is written to credentials.json in the data directory, mode 0600; answers with what stands there.
 */
export async function seedAccounts(db: Db, config: Config, secret: string, demoPort: number | null): Promise<Credentials | null> {
  const file = join(config.dataDir, 'credentials.json');
  const sealer = createSealer(secret, config.formerSecrets);
  const made = await bootstrapInstallation({ db, sealer, config, now: new Date() });
  if (made.credentials) await writePrivately(file, `${JSON.stringify(made.credentials, null, 2)}\n`);
  if (demoPort !== null) {
    const endpoints = DEMO_ENDPOINTS.map(({ path, name, transport }) => ({ name, transport, url: `http://127.0.0.1:${demoPort}${path}` }));
    await registerDemoEndpoints({ db, sealer, organizationId: made.organizationId, region: config.region, endpoints, now: new Date() });
  }
  const known = await readFile(file, 'utf8').catch(() => null);
  return known === null ? null : (JSON.parse(known) as Credentials);
}
