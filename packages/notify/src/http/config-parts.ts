import { z } from 'zod';

/** http(s) only, nothing that a URL parser and a person could read differently. */
export const httpUrlSchema = z
  .string()
  .trim()
  .min(1)
  .max(2048)
  .refine((text) => {
    try {
      const url = new URL(text);
      return (url.protocol === 'https:' || url.protocol === 'http:') && url.hostname !== '';
    } catch {
      return false;
    }
  }, 'must be an http:// or https:// URL')
  .refine((text) => !/^https?:\/\/[^/?#]*@/i.test(text), 'must not carry a user name or password');

/** Where the service's API is asked; only a proxy or a self-hosted server needs another than the default. */
export const apiUrlSchema = httpUrlSchema.transform((text) => text.replace(/\/+$/, ''));

export const tokenSchema = z
  .string()
  .trim()
  .min(1)
  .max(1024)
  .regex(/^[\x21-\x7e]+$/, 'must not contain spaces or characters beyond ASCII');
