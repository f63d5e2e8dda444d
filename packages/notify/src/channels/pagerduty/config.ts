import { z } from 'zod';
import { apiUrlSchema } from '../../http/config-parts.ts';

export const pagerdutyConfigSchema = z.strictObject({
  /** The integration key of an "Events API v2" integration. */
  routingKey: z
    .string()
    .trim()
    .regex(/^[A-Za-z0-9]{32}$/, 'must be an integration key of 32 letters and digits'),
  /** https://events.eu.pagerduty.com for accounts in the EU service region. */
  apiUrl: apiUrlSchema.default('https://events.pagerduty.com'),
});
export type PagerdutyConfig = z.infer<typeof pagerdutyConfigSchema>;
