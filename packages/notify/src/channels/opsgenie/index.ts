import { REDACTED } from '../../http/redact.ts';
import { sendHttp } from '../../http/send-http.ts';
import type { ChannelKind } from '../../types.ts';
import { type OpsgenieConfig, opsgenieConfigSchema } from './config.ts';
import { renderOpsgenie } from './render.ts';

export const opsgenie: ChannelKind<OpsgenieConfig> = {
  type: 'opsgenie',
  configSchema: opsgenieConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ ...config, apiKey: REDACTED }),
  targets: (config) => [{ member: 'apiUrl', url: config.apiUrl }],
  send: ({ noticeId, event, config, now }, deps) => {
    const { path, body } = renderOpsgenie(event, noticeId, deps.publicUrl);
    const url = `${config.apiUrl}${path}`;
    return sendHttp(
      {
        url,
        shownUrl: url,
        headers: { 'content-type': 'application/json', authorization: `GenieKey ${config.apiKey}` },
        body: JSON.stringify(body),
        secrets: [config.apiKey],
      },
      {},
      now,
      deps,
    );
  },
};
