import { member } from '../../http/chat-parts.ts';
import { REDACTED } from '../../http/redact.ts';
import { type HttpRules, sendHttp } from '../../http/send-http.ts';
import type { ChannelKind } from '../../types.ts';
import { type PushoverConfig, pushoverConfigSchema } from './config.ts';
import { renderPushover } from './render.ts';

/** "Being Friendly to our API": a 4xx must not be repeated unchanged, except 429 (the month's quota). */
const rules: HttpRules = {
  final: (status) => status >= 400 && status < 500 && status !== 429,
  refusal: ({ text }) => (member(text, 'status') === 1 ? null : 'the answer is not JSON with status: 1'),
};

export const pushover: ChannelKind<PushoverConfig> = {
  type: 'pushover',
  configSchema: pushoverConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ ...config, token: REDACTED, user: REDACTED }),
  targets: (config) => [{ member: 'apiUrl', url: config.apiUrl }],
  send: ({ event, config, now }, deps) => {
    const url = `${config.apiUrl}/1/messages.json`;
    return sendHttp(
      {
        url,
        shownUrl: url,
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: renderPushover(event, config, deps.publicUrl).toString(),
        secrets: [config.token, config.user],
      },
      rules,
      now,
      deps,
    );
  },
};
