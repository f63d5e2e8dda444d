import { REDACTED } from '../../http/redact.ts';
import { sendHttp } from '../../http/send-http.ts';
import { describe } from '../../message.ts';
import type { ChannelKind } from '../../types.ts';
import { type NtfyConfig, ntfyConfigSchema } from './config.ts';
import { renderNtfy } from './render.ts';

export const ntfy: ChannelKind<NtfyConfig> = {
  type: 'ntfy',
  configSchema: ntfyConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ server: config.server, topic: REDACTED, ...(config.token === undefined ? {} : { token: REDACTED }) }),
  targets: (config) => [{ member: 'server', url: config.server }],
  send: ({ event, config, now }, deps) =>
    sendHttp(
      {
        url: `${config.server}/`,
        shownUrl: `${config.server}/`,
        headers: {
          'content-type': 'application/json',
          ...(config.token === undefined ? {} : { authorization: `Bearer ${config.token}` }),
        },
        body: JSON.stringify(renderNtfy(describe(event, deps.publicUrl), config)),
        secrets: [config.topic, config.token ?? ''],
      },
      {},
      now,
      deps,
    ),
};
