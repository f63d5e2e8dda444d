import { z } from 'zod';
import { apiUrlSchema, httpUrlSchema, tokenSchema } from '../../http/config-parts.ts';

const incomingWebhook = z.strictObject({ url: httpUrlSchema });
const bot = z.strictObject({
  token: tokenSchema,
  /** Id (C…) or #name. */
  channel: z.string().trim().min(1).max(100),
  apiUrl: apiUrlSchema.default('https://slack.com/api'),
});

/** Either an incoming webhook's URL or a bot token and a channel. */
export const slackConfigSchema = z.union([incomingWebhook, bot], 'must be {url} or {token, channel}');
export type SlackConfig = z.infer<typeof slackConfigSchema>;
