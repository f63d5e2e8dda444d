import { API_KEY_SCOPES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';

export const createApiKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  scopes: z.array(z.enum(API_KEY_SCOPES)).min(1).max(API_KEY_SCOPES.length),
  expiresAt: instantSchema.optional(),
});
export type CreateApiKey = z.infer<typeof createApiKeySchema>;

export const apiKeySchema = z.object({
  id: z.string(),
  name: z.string(),
  /** The first characters of the key, enough to tell keys apart and too few to use one. */
  prefix: z.string(),
  scopes: z.array(z.enum(API_KEY_SCOPES)),
  createdAt: instantSchema,
  expiresAt: instantSchema.nullable(),
  lastUsedAt: instantSchema.nullable(),
  revokedAt: instantSchema.nullable(),
  /** Rotated: the key that takes over. */
  replacedBy: z.string().nullable(),
});
export type ApiKey = z.infer<typeof apiKeySchema>;

/** How long the former key works on, and when the new one ends; by default it lives as long as the former was to. */
export const rotateApiKeySchema = z.strictObject({
  overlapSeconds: z
    .number()
    .int()
    .min(0)
    .max(30 * 86_400)
    .default(86_400),
  expiresAt: instantSchema.optional(),
});
export type RotateApiKey = z.infer<typeof rotateApiKeySchema>;

/** The one answer that shows the key: the 201 of its creation. */
export const createdApiKeySchema = apiKeySchema.extend({ key: z.string() });
export type CreatedApiKey = z.infer<typeof createdApiKeySchema>;
