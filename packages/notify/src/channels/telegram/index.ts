import { member } from '../../http/chat-parts.ts';
import { REDACTED } from '../../http/redact.ts';
import { type HttpRules, sendHttp } from '../../http/send-http.ts';
import { describe } from '../../message.ts';
import type { ChannelKind } from '../../types.ts';
import { type TelegramConfig, telegramConfigSchema } from './config.ts';
import { renderTelegram } from './render.ts';

/** A 429 carries `parameters.retry_after` in seconds. */
const rules: HttpRules = {
  refusal: ({ text }) =>
    member(text, 'ok') === true ? null : String(member(text, 'description') ?? 'the answer is not JSON with ok: true'),
  retryAfterMs: ({ text }) => {
    const parameters = member(text, 'parameters');
    const seconds =
      typeof parameters === 'object' && parameters !== null && 'retry_after' in parameters ? parameters.retry_after : undefined;
    return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
  },
};

export const telegram: ChannelKind<TelegramConfig> = {
  type: 'telegram',
  configSchema: telegramConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ ...config, botToken: REDACTED }),
  targets: (config) => [{ member: 'apiUrl', url: config.apiUrl }],
  send: ({ event, config, now }, deps) =>
    sendHttp(
      {
        url: `${config.apiUrl}/bot${config.botToken}/sendMessage`,
        shownUrl: `${config.apiUrl}/bot${REDACTED}/sendMessage`,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(renderTelegram(describe(event, deps.publicUrl), config)),
        secrets: [config.botToken],
      },
      rules,
      now,
      deps,
    ),
};
