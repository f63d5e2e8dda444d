import { secretsOfPath } from '../../http/chat-kind.ts';
import { member } from '../../http/chat-parts.ts';
import { REDACTED, redactSecretUrl } from '../../http/redact.ts';
import { type HttpMessage, type HttpRules, sendHttp } from '../../http/send-http.ts';
import { subscriptionSecrets } from '../../message/status.ts';
import { describe } from '../../message.ts';
import type { ChannelKind } from '../../types.ts';
import { type SlackConfig, slackConfigSchema } from './config.ts';
import { renderSlack } from './render.ts';

/** The Web API answers 200 with `ok: false` to a refusal. */
const webApi: HttpRules = {
  refusal: ({ text }) => (member(text, 'ok') === true ? null : String(member(text, 'error') ?? 'the answer is not JSON with ok: true')),
};

export const slack: ChannelKind<SlackConfig> = {
  type: 'slack',
  configSchema: slackConfigSchema,
  complete: (config) => config,
  redact: (config) => ('url' in config ? { url: redactSecretUrl(config.url) } : { ...config, token: REDACTED }),
  targets: (config) => ['url' in config ? { member: 'url', url: config.url } : { member: 'apiUrl', url: config.apiUrl }],
  send: ({ event, config, now }, deps) => {
    const payload = renderSlack(describe(event, deps.publicUrl));
    const message = messageFor(config, payload);
    return sendHttp({ ...message, secrets: [...message.secrets, ...subscriptionSecrets(event)] }, 'url' in config ? {} : webApi, now, deps);
  },
};

function messageFor(config: SlackConfig, payload: object): HttpMessage {
  const headers = { 'content-type': 'application/json; charset=utf-8' };
  if ('url' in config) {
    const secrets = secretsOfPath(config.url);
    return { url: config.url, shownUrl: redactSecretUrl(config.url), headers, body: JSON.stringify(payload), secrets };
  }
  const url = `${config.apiUrl}/chat.postMessage`;
  return {
    url,
    shownUrl: url,
    headers: { ...headers, authorization: `Bearer ${config.token}` },
    body: JSON.stringify({ channel: config.channel, ...payload }),
    secrets: [config.token],
  };
}
