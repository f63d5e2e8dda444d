import { z } from 'zod';

const address = z.email('must be an e-mail address').max(254);

/** Every address of one channel is on one message: a channel is a group that works together. */
export const emailConfigSchema = z.strictObject({
  to: z.union([address, z.array(address).min(1).max(50)]),
});
export type EmailConfig = z.infer<typeof emailConfigSchema>;

export function recipients(config: EmailConfig): string[] {
  return [...new Set(typeof config.to === 'string' ? [config.to] : config.to)];
}
