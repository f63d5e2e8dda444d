import type { Event } from '@rollcall/contracts';
import type { ChannelType } from '@rollcall/core';
import { z } from 'zod';
import { describe, type Message } from '../message.ts';
import type { ChannelKind } from '../types.ts';
import { httpUrlSchema } from './config-parts.ts';
import { redactSecretUrl } from './redact.ts';
import { type HttpRules, sendHttp } from './send-http.ts';

/** Discord, Teams, Google Chat, Mattermost: one URL which is itself the password. */
export const secretUrlSchema = z.strictObject({ url: httpUrlSchema });
export type SecretUrlConfig = z.infer<typeof secretUrlSchema>;

export interface Rendered {
  readonly message: Message;
  readonly event: Event;
  readonly noticeId: string;
}

export interface SecretUrlChannel {
  readonly type: ChannelType;
  readonly render: (rendered: Rendered) => unknown;
  /** Adds what the service wants in the query. */
  readonly target?: (url: URL, rendered: Rendered) => void;
  readonly rules?: HttpRules;
}

/** A kind whose whole configuration is the URL to post JSON to. */
export function secretUrlKind(channel: SecretUrlChannel): ChannelKind<SecretUrlConfig> {
  return {
    type: channel.type,
    configSchema: secretUrlSchema,
    redact: (config) => ({ url: redactSecretUrl(config.url) }),
    complete: (config) => config,
    targets: (config) => [{ member: 'url', url: config.url }],
    send: ({ noticeId, event, config, now }, deps) => {
      const rendered: Rendered = { message: describe(event, deps.publicUrl), event, noticeId };
      const url = new URL(config.url);
      channel.target?.(url, rendered);
      return sendHttp(
        {
          url: url.href,
          shownUrl: redactSecretUrl(config.url),
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(channel.render(rendered)),
          secrets: secretsOfPath(config.url),
        },
        channel.rules ?? {},
        now,
        deps,
      );
    },
  };
}

/** The URL itself and its longer path and query parts, in case the service echoes one of them. */
export function secretsOfPath(text: string): string[] {
  const url = new URL(text);
  const parts = [...url.pathname.split('/'), ...url.searchParams.values(), url.username, url.password];
  return [text, url.href, `${url.pathname}${url.search}`, ...parts.filter((part) => part.length >= 12)].filter((part) => part.length >= 4);
}
