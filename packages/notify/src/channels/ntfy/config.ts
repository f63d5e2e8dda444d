import { z } from 'zod';
import { apiUrlSchema, tokenSchema } from '../../http/config-parts.ts';

export const ntfyConfigSchema = z.strictObject({
  server: apiUrlSchema.default('https://ntfy.sh'),
  /** On a public server whoever knows the topic reads it: it is kept like a password. */
  topic: z
    .string()
    .trim()
    .regex(/^[\w-]{1,64}$/, 'may hold up to 64 letters, digits, _ and -'),
  token: tokenSchema.optional(),
});
export type NtfyConfig = z.infer<typeof ntfyConfigSchema>;
