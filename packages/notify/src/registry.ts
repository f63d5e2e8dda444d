import type { ChannelType } from '@rollcall/core';
import { discord } from './channels/discord/index.ts';
import { email } from './channels/email/index.ts';
import { googleChat } from './channels/google-chat/index.ts';
import { mattermost } from './channels/mattermost/index.ts';
import { ntfy } from './channels/ntfy/index.ts';
import { opsgenie } from './channels/opsgenie/index.ts';
import { pagerduty } from './channels/pagerduty/index.ts';
import { pushover } from './channels/pushover/index.ts';
import { slack } from './channels/slack/index.ts';
import { teams } from './channels/teams/index.ts';
import { telegram } from './channels/telegram/index.ts';
import { webhook } from './channels/webhook/index.ts';
import type { ChannelKind } from './types.ts';

/** Forgets which configuration a kind takes, checking it at the door instead: what is stored passed `configSchema` once. */
function erase<C>(kind: ChannelKind<C>): ChannelKind<unknown> {
  const parse = (config: unknown): C => kind.configSchema.parse(config);
  return {
    type: kind.type,
    configSchema: kind.configSchema,
    redact: (config) => kind.redact(parse(config)),
    complete: (config) => kind.complete(parse(config)),
    secretToShow: (config) => kind.secretToShow?.(parse(config)),
    targets: (config) => kind.targets(parse(config)),
    send: (input, deps) => kind.send({ ...input, config: parse(input.config) }, deps),
  };
}

const KINDS: Record<ChannelType, ChannelKind<unknown>> = {
  email: erase(email),
  webhook: erase(webhook),
  slack: erase(slack),
  discord: erase(discord),
  teams: erase(teams),
  'google-chat': erase(googleChat),
  telegram: erase(telegram),
  pagerduty: erase(pagerduty),
  opsgenie: erase(opsgenie),
  ntfy: erase(ntfy),
  pushover: erase(pushover),
  mattermost: erase(mattermost),
};

export function channelKind(type: ChannelType): ChannelKind<unknown> {
  return KINDS[type];
}
