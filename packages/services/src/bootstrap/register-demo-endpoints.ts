import { createEndpointSchema } from '@rollcall/contracts';
import type { TransportSetting } from '@rollcall/core';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import { insertEndpoint } from '../endpoints/create-endpoint.ts';

const MARK = 'demo-registered';

export interface DemoEndpoint {
  readonly name: string;
  readonly url: string;
  readonly transport: TransportSetting;
}

export interface RegisterDemoOptions {
  readonly db: Db;
  readonly sealer: Sealer;
  readonly organizationId: string;
  readonly region: string;
  readonly endpoints: readonly DemoEndpoint[];
  readonly now: Date;
}

/** Registers the demonstration once; later only its addresses are kept right. What the owner removed stays removed. */
export async function registerDemoEndpoints({ db, sealer, organizationId, region, endpoints, now }: RegisterDemoOptions): Promise<void> {
  await db.$transaction(async (tx) => {
    const registered = await tx.installation.findUnique({ where: { key: MARK } });
    for (const { name, url, transport } of endpoints) {
      if (registered) {
        await tx.endpoint.updateMany({ where: { organizationId, demo: true, name, url: { not: url } }, data: { url } });
        continue;
      }
      const input = createEndpointSchema.parse({ name, url, transport, intervalSeconds: 30, tags: ['demo'] });
      await insertEndpoint(tx, { sealer, region }, organizationId, input, { demo: true, now });
    }
    if (!registered) await tx.installation.create({ data: { key: MARK, value: { endpoints: endpoints.length } } });
  });
}
