import { REDACTED } from '../../http/redact.ts';
import { sendHttp } from '../../http/send-http.ts';
import type { ChannelKind } from '../../types.ts';
import { type PagerdutyConfig, pagerdutyConfigSchema } from './config.ts';
import { renderPagerduty } from './render.ts';

export const pagerduty: ChannelKind<PagerdutyConfig> = {
  type: 'pagerduty',
  configSchema: pagerdutyConfigSchema,
  complete: (config) => config,
  redact: (config) => ({ ...config, routingKey: REDACTED }),
  targets: (config) => [{ member: 'apiUrl', url: config.apiUrl }],
  send: ({ noticeId, event, config, now }, deps) => {
    const url = `${config.apiUrl}/v2/enqueue`;
    return sendHttp(
      {
        url,
        shownUrl: url,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(renderPagerduty(event, noticeId, config, deps.publicUrl)),
        secrets: [config.routingKey],
      },
      {},
      now,
      deps,
    );
  },
};
