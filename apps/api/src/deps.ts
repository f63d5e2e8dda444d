import type { Config } from '@rollcall/config';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import type { SendDeps } from '@rollcall/notify';
import type { Queues } from '@rollcall/queue';
import type { Auth } from './auth.ts';
import type { Oidc } from './oidc.ts';
import type { RateLimits } from './rate-limit.ts';

/** Everything the api is wired from; made in main.ts, and in tests. */
export interface ApiDeps {
  readonly config: Pick<
    Config,
    'publicUrl' | 'region' | 'smtpUrl' | 'webUrl' | 'metricsToken' | 'logLevel' | 'publicCheck' | 'signup' | 'signIn'
  >;
  readonly db: Db;
  readonly sealer: Sealer;
  readonly policy: AddressPolicy;
  readonly queues: Pick<Queues, 'ping' | 'probeTaker'>;
  readonly notify: SendDeps;
  readonly auth: Auth;
  readonly oidc?: Oidc | null;
  readonly limits?: RateLimits;
  readonly now: () => Date;
}
