import { Webhook } from 'standardwebhooks';
import type { SendInput } from '../../types.ts';
import type { WebhookConfig } from './config.ts';

export interface SignedWebhook {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * The body is the event and nothing else; the signature covers `id.timestamp.body`. The id is the same on each
 * attempt, the timestamp is the attempt's own so that a receiver may refuse old ones (Standard Webhooks).
 */
export function signWebhook({ noticeId, event, config, now }: SendInput<WebhookConfig>): SignedWebhook {
  if (config.secret === undefined) throw new Error('a webhook channel without a signing secret must not be sent: complete() was skipped');
  const body = JSON.stringify(event);
  return {
    body,
    headers: {
      ...config.headers,
      'content-type': 'application/json',
      'webhook-id': noticeId,
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(config.secret).sign(noticeId, now, body),
    },
  };
}
