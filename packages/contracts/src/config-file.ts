import { z } from 'zod';
import { createChannelSchema } from './api/channels.ts';
import { createEndpointSchema } from './api/endpoints.ts';
import { createMaintenanceSchema, maintenanceProblem } from './api/maintenance.ts';

/** A secret that stands elsewhere. `rollcall apply` fills it in; the server takes a whole `${NAME}` for "as it is stored". */
export const PLACEHOLDER = /^\$\{[A-Za-z_]\w{0,199}\}$/;
export const isPlaceholder = (value: unknown): value is string => typeof value === 'string' && PLACEHOLDER.test(value);

const key = z.string().trim().min(1).max(200);
const endpointReference = z.string().min(1).max(200).describe('Name of an endpoint of this file or of the server, or its id');

export const configEndpointSchema = z.strictObject({
  ...createEndpointSchema.shape,
  name: createEndpointSchema.shape.name.optional().describe('Default: the key under which it stands'),
});
export type ConfigEndpoint = z.infer<typeof configEndpointSchema>;

export const configChannelSchema = z.strictObject({
  ...createChannelSchema.shape,
  name: createChannelSchema.shape.name.optional().describe('Default: the key under which it stands'),
});
export type ConfigChannel = z.infer<typeof configChannelSchema>;

export const configMaintenanceSchema = z
  .strictObject({
    ...createMaintenanceSchema.shape,
    name: createMaintenanceSchema.shape.name.optional().describe('Default: the key under which it stands'),
    endpoints: z.array(endpointReference).max(1000).default([]),
  })
  .superRefine((window, context) => {
    const problem = maintenanceProblem(window);
    if (problem !== null) context.addIssue({ code: 'custom', path: ['endsAt'], message: problem });
  });
export type ConfigMaintenance = z.infer<typeof configMaintenanceSchema>;

function keyed<T extends z.ZodType>(item: T, max: number) {
  return z.record(key, item).refine((entries) => Object.keys(entries).length <= max, `at most ${max}`);
}

/** The declarative file (docs/configuration-as-code.md): what is to be there, by name. What it does not say is as by default. */
export const configFileSchema = z
  .strictObject({
    $schema: z.string().max(2048).optional(),
    version: z.literal(1),
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'may hold up to 63 lower-case letters, digits and . _ -')
      .default('rollcall')
      .describe('Marks what comes from this file: --prune removes nothing else'),
    endpoints: keyed(configEndpointSchema, 1000).default({}),
    channels: keyed(configChannelSchema, 200).default({}),
    maintenanceWindows: keyed(configMaintenanceSchema, 200).default({}),
  })
  .meta({ title: 'rollcall.yaml', description: 'What Rollcall watches and whom it tells, as a file.' });
export type ConfigFile = z.infer<typeof configFileSchema>;
export type ConfigFileInput = z.input<typeof configFileSchema>;

/** For editors; made from the schema that checks the file. */
export function configFileJsonSchema(): Record<string, unknown> {
  return z.toJSONSchema(configFileSchema, { target: 'draft-2020-12', io: 'input' });
}

/** `PUT /config`. */
export const applyConfigSchema = z.strictObject({
  config: configFileSchema,
  /** Delete what came from a file of this name and does not stand in it any more. */
  prune: z.boolean().default(false),
  /** Only say what would be done. */
  dryRun: z.boolean().default(false),
  /** Take over what was made by hand or by a file of another name. */
  adopt: z.boolean().default(false),
});
export type ApplyConfig = z.infer<typeof applyConfigSchema>;

export const CONFIG_KINDS = ['endpoint', 'channel', 'maintenanceWindow'] as const;
export type ConfigKind = (typeof CONFIG_KINDS)[number];
export const CONFIG_ACTIONS = ['create', 'update', 'delete', 'unchanged'] as const;

export const configItemSchema = z.object({
  kind: z.enum(CONFIG_KINDS),
  /** Where it stands in the file; the name of what is deleted. */
  key: z.string(),
  action: z.enum(CONFIG_ACTIONS),
  /** Null for what a dry run would create. */
  id: z.string().nullable(),
  /** Members that differ. Secrets are never shown: `before` and `after` may then look alike. */
  changes: z.array(z.object({ member: z.string(), before: z.unknown(), after: z.unknown() })),
  /** The signing secret that was made for a new webhook; shown this once. */
  secret: z.string().optional(),
});
export type ConfigItem = z.infer<typeof configItemSchema>;

export const configResultSchema = z.object({
  name: z.string(),
  dryRun: z.boolean(),
  counts: z.record(z.enum(CONFIG_ACTIONS), z.number().int()),
  items: z.array(configItemSchema),
});
export type ConfigResult = z.infer<typeof configResultSchema>;
