import { z } from 'zod';

const passwordSchema = z.string().min(1).max(128).optional();

/** `DELETE /organization`. `password`: of whoever asks, needed when the account has one. */
export const deleteOrganizationSchema = z.strictObject({
  confirm: z.string().min(1).max(300).describe('The name or the slug of the organization, to the letter'),
  password: passwordSchema.describe("The owner's password; not for accounts that sign in by another service alone"),
});
export type DeleteOrganization = z.infer<typeof deleteOrganizationSchema>;

/** `DELETE /me`. */
export const deleteAccountSchema = z.strictObject({
  confirm: z.string().min(1).max(300).describe('The email address of the account'),
  password: passwordSchema.describe('The password; not for accounts that sign in by another service alone'),
  organizations: z
    .array(z.string().min(1).max(200))
    .max(1000)
    .default([])
    .describe('Ids of the organizations that go with the account: all those of which it is the only member'),
});
export type DeleteAccount = z.infer<typeof deleteAccountSchema>;
