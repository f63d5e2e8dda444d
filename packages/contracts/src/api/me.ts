import { MEMBER_ROLES } from '@rollcall/core';
import { z } from 'zod';

/** `GET /me`: who is signed in, for which organization, on what kind of installation. `user` is null for an API key. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }).nullable(),
  organization: z.object({ id: z.string(), name: z.string(), slug: z.string() }),
  role: z.enum(MEMBER_ROLES).nullable(),
  installation: z.object({
    /** Demonstration endpoints are still registered. */
    demo: z.boolean(),
    /** Without SMTP, mail is written to files; the dashboard says so. */
    smtpConfigured: z.boolean(),
    publicUrl: z.string(),
  }),
});
export type Me = z.infer<typeof meSchema>;
