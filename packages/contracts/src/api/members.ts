import { MEMBER_ROLES } from '@rollcall/core';
import { z } from 'zod';
import { instantSchema } from './common.ts';

export const memberSchema = z.object({
  id: z.string(),
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  role: z.enum(MEMBER_ROLES),
  createdAt: instantSchema,
});
export type Member = z.infer<typeof memberSchema>;

export const updateMemberSchema = z.strictObject({ role: z.enum(MEMBER_ROLES) });
export type UpdateMember = z.infer<typeof updateMemberSchema>;

/** Nobody is invited as an owner: ownership is given to a member. */
export const INVITED_ROLES = ['admin', 'member', 'viewer'] as const;

export const createInvitationSchema = z.strictObject({
  email: z.email().max(254).toLowerCase(),
  role: z.enum(INVITED_ROLES).default('member'),
});
export type CreateInvitation = z.infer<typeof createInvitationSchema>;

export const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  role: z.enum(INVITED_ROLES),
  status: z.enum(['pending', 'accepted', 'revoked', 'expired']),
  expiresAt: instantSchema,
  createdAt: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;

/** `emailSent` is false when the mail server refused; inviting the same address again sends a new link. */
export const createdInvitationSchema = invitationSchema.extend({ emailSent: z.boolean() });
export type CreatedInvitation = z.infer<typeof createdInvitationSchema>;

const tokenSchema = z.string().min(20).max(200);
export const readInvitationSchema = z.strictObject({ token: tokenSchema });

/** What the holder of the link sees before accepting. */
export const offeredInvitationSchema = z.object({
  organization: z.object({ name: z.string() }),
  email: z.string(),
  role: z.enum(INVITED_ROLES),
  expiresAt: instantSchema,
  /** Whether the address has an account here already: then its owner signs in and accepts. */
  hasAccount: z.boolean(),
});
export type OfferedInvitation = z.infer<typeof offeredInvitationSchema>;

/** `name` and `password` make the account of somebody who has none; who has one accepts with a session. */
export const acceptInvitationSchema = z.strictObject({
  token: tokenSchema,
  name: z.string().trim().min(1).max(200).optional(),
  password: z.string().min(8).max(128).optional(),
});
export type AcceptInvitation = z.infer<typeof acceptInvitationSchema>;
export const acceptedInvitationSchema = z.object({
  organization: z.object({ id: z.string(), name: z.string() }),
  member: z.object({ id: z.string(), role: z.enum(INVITED_ROLES) }),
});
export type AcceptedInvitation = z.infer<typeof acceptedInvitationSchema>;

export const sessionSchema = z.object({
  id: z.string(),
  /** The one that asks. */
  current: z.boolean(),
  ipAddress: z.string().nullable(),
  userAgent: z.string().nullable(),
  createdAt: instantSchema,
  /** To the day: a session in use is renewed once a day. */
  lastUsedAt: instantSchema,
  expiresAt: instantSchema,
});
export type AccountSession = z.infer<typeof sessionSchema>;

/** The person behind a session, whatever organization is active. */
export const accountSchema = z.object({
  user: z.object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    emailVerified: z.boolean(),
    twoFactorEnabled: z.boolean(),
    /** False: they sign in by another service alone, and are asked for no password. */
    hasPassword: z.boolean(),
  }),
  organizations: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      memberId: z.string(),
      role: z.enum(MEMBER_ROLES),
      /** How many members it has, this one included, and how many of them are owners: what a deletion of the account depends on. */
      members: z.number().int(),
      owners: z.number().int(),
    }),
  ),
});
export type Account = z.infer<typeof accountSchema>;
