import { z } from 'zod';
import { instantSchema } from './common.ts';

export const SIGNUP_POLICIES = ['open', 'invite', 'off'] as const;

/** The organization itself: what it is called, and how much of its plan it uses. */
export const organizationSettingsSchema = z.object({
  id: z.string(),
  name: z.string(),
  slug: z.string(),
  createdAt: instantSchema,
  /** Of the installation: who may make an account. */
  signup: z.enum(SIGNUP_POLICIES),
  plan: z.string(),
  quotas: z.object({ endpoints: z.number().int(), channels: z.number().int(), minIntervalSeconds: z.number().int() }),
  usage: z.object({ endpoints: z.number().int(), channels: z.number().int(), members: z.number().int() }),
});
export type OrganizationSettings = z.infer<typeof organizationSettingsSchema>;

export const updateOrganizationSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(100),
    slug: z.string().regex(/^[a-z0-9]([a-z0-9-]{0,46}[a-z0-9])?$/, 'must be 1 to 48 small letters, digits and hyphens between them'),
  })
  .partial();
export type UpdateOrganization = z.infer<typeof updateOrganizationSchema>;

export const SIGN_IN_PROVIDERS = ['github', 'google', 'oidc'] as const;

/** What the sign-in page offers; for everybody. */
export const signInOptionsSchema = z.object({
  signup: z.enum(SIGNUP_POLICIES),
  /** A new address must be confirmed by mail before its first sign-in. */
  confirmsAddress: z.boolean(),
  providers: z.array(z.enum(SIGN_IN_PROVIDERS)),
});
export type SignInOptions = z.infer<typeof signInOptionsSchema>;
