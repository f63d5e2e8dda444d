import { z } from 'zod';
import { instantSchema, listQuerySchema } from './common.ts';

export const auditEntrySchema = z.object({
  id: z.string(),
  at: instantSchema,
  /** As people read it: the address of a member, the name of a key. */
  actor: z.string(),
  /** member | api_key | system; null in entries of old. */
  actorKind: z.string().nullable(),
  /** Id of the user or of the key. */
  actorId: z.string().nullable(),
  /** Where the request came from. */
  address: z.string().nullable(),
  /** The program that asked, as it names itself. */
  userAgent: z.string().nullable(),
  action: z.string(),
  target: z.string(),
  before: z.unknown(),
  after: z.unknown(),
});
export type AuditLogEntry = z.infer<typeof auditEntrySchema>;

const instant = z.iso.datetime({ offset: true });

/** `action` may end in `.*` for a whole subject; `actor` is an id or the name in the entry; `from` counts, `to` does not. */
export const listAuditQuerySchema = listQuerySchema.extend({
  action: z
    .string()
    .regex(/^[a-z_]{1,64}\.([a-z_]{1,64}|\*)$/, 'must be like endpoint.created or endpoint.*')
    .optional(),
  target: z.string().min(1).max(200).optional(),
  actor: z.string().min(1).max(300).optional(),
  from: instant.optional(),
  to: instant.optional(),
});
export type ListAuditQuery = z.infer<typeof listAuditQuerySchema>;
