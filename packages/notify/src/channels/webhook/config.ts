import { z } from 'zod';
import { httpUrlSchema } from '../../http/config-parts.ts';

/** Headers that belong to the protocol or to the signature; an owner's own header must not replace them. */
const RESERVED = new Set([
  'webhook-id',
  'webhook-timestamp',
  'webhook-signature',
  'content-type',
  'content-length',
  'content-encoding',
  'transfer-encoding',
  'host',
  'connection',
  'keep-alive',
  'upgrade',
  'expect',
  'te',
  'trailer',
  'user-agent',
]);

const headerName = z
  .string()
  .min(1)
  .max(128)
  .regex(/^[A-Za-z0-9!#$%&'*+.^_`|~-]+$/, 'must be an HTTP header name (RFC 9110 §5.1)')
  .refine((name) => !RESERVED.has(name.toLowerCase()), 'is set by Rollcall itself');
const headerValue = z
  .string()
  .max(8192)
  .regex(/^[\t\x20-\x7e]*$/, 'must be an HTTP header value (RFC 9110 §5.5)');

/** `whsec_` and 24 to 64 bytes in base64 (Standard Webhooks, "Signature scheme"). */
const signingSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]+={0,2}$/, 'must be whsec_ followed by base64')
  .refine((text) => {
    const { length } = Buffer.from(text.slice('whsec_'.length), 'base64');
    return length >= 24 && length <= 64;
  }, 'must hold 24 to 64 bytes');

export const webhookConfigSchema = z.strictObject({
  url: httpUrlSchema,
  secret: signingSecret.optional(),
  headers: z
    .record(headerName, headerValue)
    .refine((headers) => Object.keys(headers).length <= 20, 'at most 20 headers')
    .optional(),
});
export type WebhookConfig = z.infer<typeof webhookConfigSchema>;
