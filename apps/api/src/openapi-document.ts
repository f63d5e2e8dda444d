import { createSealer } from '@rollcall/crypto';
import { createDb } from '@rollcall/db';
import { createMailer } from '@rollcall/notify';
import { buildApp } from './app.ts';
import { createAuth } from './auth.ts';

function noQueue(): never {
  throw new Error('There is no queue here.');
}

/** The OpenAPI document of this code, for generators: nothing is listened on, connected to or read. */
export async function openApiDocument(): Promise<Record<string, unknown>> {
  const publicUrl = 'http://localhost:3000';
  const db = createDb('postgresql://nowhere.invalid/none');
  const mailer = createMailer({ smtpUrl: null, from: 'rollcall@example.com', mailDir: '/nonexistent/mail' });
  const policy = { allowPrivate: false };
  const secret = Buffer.alloc(32).toString('base64');
  const app = await buildApp({
    config: {
      publicUrl,
      region: 'default',
      smtpUrl: null,
      webUrl: null,
      metricsToken: null,
      logLevel: 'silent',
      signup: 'off',
      publicCheck: true,
      signIn: { github: null, google: null, oidc: null },
    },
    db,
    sealer: createSealer(secret),
    policy,
    queues: { ping: async () => undefined, probeTaker: noQueue },
    notify: { policy, mailer, publicUrl },
    auth: createAuth(db, { publicUrl, signup: 'off' }, secret, { mailer }),
    changes: { subscribe: () => () => undefined, close: async () => undefined },
    now: () => new Date(),
  });
  await app.ready();
  const document = app.swagger() as unknown as Record<string, unknown>;
  await app.close();
  return document;
}
