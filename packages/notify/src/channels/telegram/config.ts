import { z } from 'zod';
import { apiUrlSchema } from '../../http/config-parts.ts';

export const telegramConfigSchema = z.strictObject({
  botToken: z
    .string()
    .trim()
    .regex(/^\d{1,20}:[\w-]{20,100}$/, 'must be a bot token as BotFather gives it (123456:ABC…)'),
  /** A number (negative for groups) or @channelname. */
  chatId: z.union([
    z.number().int(),
    z
      .string()
      .trim()
      .regex(/^(-?\d{1,20}|@\w{3,64})$/, 'must be a chat id or @channelname'),
  ]),
  /** The topic of a forum group. */
  threadId: z.number().int().positive().optional(),
  /** Of a self-hosted Bot API server. */
  apiUrl: apiUrlSchema.default('https://api.telegram.org'),
});
export type TelegramConfig = z.infer<typeof telegramConfigSchema>;
