import { randomBytes } from 'node:crypto';
import { REDACTED, redactUrlParts, secretsOfUrl } from '../../http/redact.ts';
import { sendHttp } from '../../http/send-http.ts';
import { subscriptionSecrets } from '../../message/status.ts';
import type { ChannelKind } from '../../types.ts';
import { type WebhookConfig, webhookConfigSchema } from './config.ts';
import { signWebhook } from './render.ts';

/** Signed webhook, exactly as the contract's "Webhooks" says. */
export const webhook: ChannelKind<WebhookConfig> = {
  type: 'webhook',
  configSchema: webhookConfigSchema,
  complete: (config) => (config.secret === undefined ? { ...config, secret: `whsec_${randomBytes(32).toString('base64')}` } : config),
  secretToShow: (config) => config.secret,
  redact: (config) => ({
    url: redactUrlParts(config.url),
    secret: REDACTED,
    ...(config.headers === undefined ? {} : { headers: hideValues(config.headers) }),
  }),
  targets: (config) => [{ member: 'url', url: config.url }],
  send: (input, deps) => {
    const { config } = input;
    const { body, headers } = signWebhook(input);
    return sendHttp(
      {
        url: config.url,
        shownUrl: redactUrlParts(config.url),
        headers,
        secretHeaders: Object.keys(config.headers ?? {}),
        body,
        secrets: [
          config.secret ?? '',
          ...Object.values(config.headers ?? {}),
          ...secretsOfUrl(config.url),
          ...subscriptionSecrets(input.event),
        ],
      },
      {},
      input.now,
      deps,
    );
  },
};

function hideValues(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.keys(headers).map((name) => [name, REDACTED]));
}
