import type { Config } from '@rollcall/config';
import type { Sealer } from '@rollcall/crypto';
import type { Db } from '@rollcall/db';
import type { AddressPolicy } from '@rollcall/net';
import type { SendDeps } from '@rollcall/notify';
import type { Queues } from '@rollcall/queue';
import type { ChangeFeed } from '@rollcall/services';
import type { Auth } from './auth.ts';
import type { Oidc } from './oidc.ts';
import type { RateLimits } from './rate-limit.ts';
import type { EventsTiming } from './routes/events.ts';

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
  /** What changes, for `GET /events`. */
  readonly changes: ChangeFeed;
  readonly eventsTiming?: Partial<EventsTiming>;
  readonly now: () => Date;
}
