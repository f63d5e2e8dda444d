import { z } from 'zod';

/** The members of the Compose specification that our files use, strictly; `x-…` are extensions. */

const duration = z.string().regex(/^(\d+(ms|s|m|h))+$/);
const command = z.union([z.string(), z.array(z.string())]);
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null()]);

const service = z.strictObject({
  image: z
    .string()
    .regex(/^[\w./-]+:[\w.-]+$/, 'needs a tag')
    .optional(),
  build: z.strictObject({ context: z.string(), dockerfile: z.string(), args: z.record(z.string(), scalar).optional() }).optional(),
  command: command.optional(),
  restart: z.enum(['no', 'always', 'on-failure', 'unless-stopped']).optional(),
  read_only: z.boolean().optional(),
  tmpfs: z.array(z.string().startsWith('/')).optional(),
  cap_drop: z.array(z.string()).optional(),
  security_opt: z.array(z.string()).optional(),
  init: z.boolean().optional(),
  environment: z.record(z.string(), scalar).optional(),
  ports: z.array(z.string()).optional(),
  volumes: z.array(z.string().regex(/^[\w.-]+:\/[^:]*(:ro)?$/)).optional(),
  depends_on: z
    .record(z.string(), z.strictObject({ condition: z.enum(['service_started', 'service_healthy', 'service_completed_successfully']) }))
    .optional(),
  healthcheck: z
    .strictObject({
      test: command,
      interval: duration.optional(),
      timeout: duration.optional(),
      retries: z.number().int().min(1).optional(),
      start_period: duration.optional(),
    })
    .optional(),
  stop_grace_period: duration.optional(),
});

export const composeSchema = z
  .looseObject({
    name: z.string().regex(/^[a-z0-9][a-z0-9_-]*$/),
    services: z.record(z.string().regex(/^[\w.-]+$/), service),
    volumes: z.record(z.string(), z.null()).optional(),
  })
  .superRefine((file, context) => {
    for (const key of Object.keys(file))
      if (!['name', 'services', 'volumes'].includes(key) && !key.startsWith('x-'))
        context.addIssue({ code: 'unrecognized_keys', keys: [key], input: file });
  });
