import type { Channel } from '@rollcall/contracts';
import { type ChannelType, EVENT_TYPES, type EventType } from '@rollcall/core';

/** One member of a channel's configuration as a form shows it. The API checks it; this only asks for it. */
export interface ConfigField {
  name: string;
  label: string;
  hint?: string;
  placeholder?: string;
  /** Not shown while typed and never shown again. */
  secret?: boolean;
  optional?: boolean;
  /** Several values, separated by commas or spaces, sent as an array. */
  list?: boolean;
}
export interface ChannelForm {
  label: string;
  fields: ConfigField[];
}

const incomingUrl = (hint: string): ConfigField[] => [{ name: 'url', label: 'Webhook URL', hint, placeholder: 'https://…', secret: true }];

/** Which members each type of channel takes (packages/notify, config.ts of each), most used first. */
export const CHANNEL_FORMS: Record<ChannelType, ChannelForm> = {
  email: {
    label: 'Email',
    fields: [
      { name: 'to', label: 'To', hint: 'Several addresses are separated by commas.', placeholder: 'oncall@example.com', list: true },
    ],
  },
  webhook: {
    label: 'Webhook',
    fields: [
      {
        name: 'url',
        label: 'URL',
        hint: 'Signed as Standard Webhooks. The signing secret is shown once after saving.',
        placeholder: 'https://…',
      },
      {
        name: 'secret',
        label: 'Signing secret',
        hint: 'Leave it empty to have one made.',
        placeholder: 'whsec_…',
        secret: true,
        optional: true,
      },
    ],
  },
  slack: { label: 'Slack', fields: incomingUrl('From an app with incoming webhooks.') },
  discord: { label: 'Discord', fields: incomingUrl('Channel settings, Integrations, Webhooks.') },
  teams: { label: 'Microsoft Teams', fields: incomingUrl('From a workflow that posts when a webhook request is received.') },
  'google-chat': { label: 'Google Chat', fields: incomingUrl('Space settings, Apps and integrations.') },
  telegram: {
    label: 'Telegram',
    fields: [
      { name: 'botToken', label: 'Bot token', hint: 'From @BotFather.', secret: true },
      { name: 'chatId', label: 'Chat ID', hint: 'A number, or @channelname.' },
    ],
  },
  pagerduty: {
    label: 'PagerDuty',
    fields: [{ name: 'routingKey', label: 'Integration key', hint: 'Of an Events API v2 integration.', secret: true }],
  },
  opsgenie: {
    label: 'Opsgenie',
    fields: [
      { name: 'apiKey', label: 'API key', hint: 'Of an API integration.', secret: true },
      {
        name: 'apiUrl',
        label: 'API address',
        hint: 'https://api.eu.opsgenie.com for accounts in the EU.',
        placeholder: 'https://api.opsgenie.com',
        optional: true,
      },
    ],
  },
  ntfy: {
    label: 'ntfy',
    fields: [
      { name: 'topic', label: 'Topic', hint: 'On a public server, whoever knows the topic can read it.', secret: true },
      { name: 'server', label: 'Server', placeholder: 'https://ntfy.sh', optional: true },
      { name: 'token', label: 'Access token', secret: true, optional: true },
    ],
  },
  pushover: {
    label: 'Pushover',
    fields: [
      { name: 'token', label: 'Application token', secret: true },
      { name: 'user', label: 'User or group key', secret: true },
    ],
  },
  mattermost: { label: 'Mattermost', fields: incomingUrl('From an incoming webhook integration.') },
};

const separated = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** What the form says, in the shape the API takes: empty optional members are left out. */
export function readConfig(type: ChannelType, form: FormData): Record<string, unknown> {
  const entries = CHANNEL_FORMS[type].fields.flatMap((field): [string, unknown][] => {
    const text = String(form.get(`config.${field.name}`) ?? '').trim();
    if (text === '' && field.optional === true) return [];
    return [[field.name, field.list === true ? separated(text) : text]];
  });
  return Object.fromEntries(entries);
}

/** The one route a form can express: these tags, these events; nothing chosen means everything. */
export function readRoutes(form: FormData): { tags?: string[]; events?: EventType[] }[] {
  const tags = separated(String(form.get('tags') ?? ''));
  const chosen = form.getAll('events');
  const events = EVENT_TYPES.filter((type) => chosen.includes(type));
  if (tags.length === 0 && events.length === 0) return [];
  return [{ ...(tags.length === 0 ? {} : { tags }), ...(events.length === 0 ? {} : { events }) }];
}

const HIDDEN = '[redacted]';

/** What a field of the form begins with; `stored`: there is a secret, which is not shown. */
export function configText(channel: Pick<Channel, 'config'>, name: string): { shown: string; stored: boolean } {
  const value = channel.config[name];
  if (value === HIDDEN) return { shown: '', stored: true };
  return { shown: Array.isArray(value) ? value.join(', ') : value === undefined || value === null ? '' : String(value), stored: false };
}

/** The configuration with what was typed: a secret left empty stays as it is, which the API reads from "[redacted]". */
export function readConfigChange(channel: Pick<Channel, 'config' | 'type'>, form: FormData): Record<string, unknown> {
  const names = new Set(CHANNEL_FORMS[channel.type].fields.map(({ name }) => name));
  const others = Object.entries(channel.config).filter(([name, value]) => !names.has(name) || value === HIDDEN);
  const typed = Object.entries(readConfig(channel.type, form)).filter(([name, value]) => value !== '' || channel.config[name] !== HIDDEN);
  return { ...Object.fromEntries(others), ...Object.fromEntries(typed) };
}
