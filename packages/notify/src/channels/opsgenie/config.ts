import { z } from 'zod';
import { apiUrlSchema, tokenSchema } from '../../http/config-parts.ts';

export const opsgenieConfigSchema = z.strictObject({
  /** The key of an "API" integration. */
  apiKey: tokenSchema,
  /** https://api.eu.opsgenie.com for accounts in the EU. */
  apiUrl: apiUrlSchema.default('https://api.opsgenie.com'),
});
export type OpsgenieConfig = z.infer<typeof opsgenieConfigSchema>;
