import { z } from 'zod';
import { apiUrlSchema } from '../../http/config-parts.ts';

const key = z
  .string()
  .trim()
  .regex(/^[A-Za-z0-9]{30}$/, 'must have 30 letters and digits');

export const pushoverConfigSchema = z.strictObject({
  /** The application's API token. */
  token: key,
  /** The user's or group's key. */
  user: key,
  /** Only these devices; all of them when absent. */
  device: z
    .string()
    .trim()
    .regex(/^[\w,-]{1,200}$/, 'must be device names separated by commas')
    .optional(),
  apiUrl: apiUrlSchema.default('https://api.pushover.net'),
});
export type PushoverConfig = z.infer<typeof pushoverConfigSchema>;
