import { createMailer } from '../src/channels/email/mailer.ts';
import type { SendDeps } from '../src/types.ts';

/** For channels that send no mail. Sinks are on the loopback address, hence the policy. */
export function httpDeps(overrides: Partial<SendDeps> = {}): SendDeps {
  return {
    policy: { allowPrivate: true },
    publicUrl: 'https://rollcall.example.com',
    mailer: createMailer({ smtpUrl: null, from: 'Rollcall <rollcall@example.com>', mailDir: '/nonexistent' }),
    ...overrides,
  };
}
