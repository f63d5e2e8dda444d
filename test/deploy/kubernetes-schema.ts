import { z } from 'zod';

/** The kinds that our manifests use, with the members of the API that they use, strictly: a misspelt member is an error, as for the API server. */

const name = z.string().regex(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/);
const labels = z.record(z.string().regex(/^([a-z0-9.-]+\/)?[\w.-]{1,63}$/), z.string().regex(/^[\w.-]{0,63}$/));
const metadata = z.strictObject({ name, labels: labels.optional() });
const port = z.number().int().min(1).max(65_535);
const quantity = z.string().regex(/^\d+(\.\d+)?(m|Ki|Mi|Gi|k|M|G)?$/);
const amounts = z.strictObject({ cpu: quantity.optional(), memory: quantity.optional() });
const seconds = z.number().int().min(1);

const httpProbe = z.strictObject({
  httpGet: z.strictObject({ path: z.string().startsWith('/'), port }),
  periodSeconds: seconds.optional(),
  failureThreshold: seconds.optional(),
});

const container = z.strictObject({
  name,
  image: z.string().min(1),
  envFrom: z
    .array(z.strictObject({ configMapRef: z.strictObject({ name }).optional(), secretRef: z.strictObject({ name }).optional() }))
    .optional(),
  env: z.array(z.strictObject({ name: z.string().regex(/^[A-Z_][A-Z0-9_]*$/), value: z.string() })).optional(),
  ports: z.array(z.strictObject({ name, containerPort: port })).optional(),
  livenessProbe: httpProbe.optional(),
  readinessProbe: httpProbe.optional(),
  resources: z.strictObject({ requests: amounts.optional(), limits: amounts.optional() }).optional(),
  securityContext: z.strictObject({
    allowPrivilegeEscalation: z.boolean(),
    readOnlyRootFilesystem: z.boolean(),
    capabilities: z.strictObject({ drop: z.array(z.string()) }),
  }),
  volumeMounts: z.array(z.strictObject({ name, mountPath: z.string().startsWith('/') })).optional(),
});

const pod = z.strictObject({
  restartPolicy: z.enum(['Always', 'OnFailure', 'Never']).optional(),
  automountServiceAccountToken: z.boolean().optional(),
  terminationGracePeriodSeconds: seconds.optional(),
  securityContext: z.strictObject({
    runAsNonRoot: z.boolean(),
    runAsUser: z.number().int().optional(),
    fsGroup: z.number().int().optional(),
    seccompProfile: z.strictObject({ type: z.enum(['RuntimeDefault', 'Localhost', 'Unconfined']) }),
  }),
  containers: z.array(container).min(1),
  volumes: z.array(z.strictObject({ name, emptyDir: z.strictObject({}) })).optional(),
});
const template = z.strictObject({ metadata: z.strictObject({ labels }), spec: pod });

const deployment = z.strictObject({
  apiVersion: z.literal('apps/v1'),
  kind: z.literal('Deployment'),
  metadata,
  spec: z.strictObject({ replicas: z.number().int().min(0), selector: z.strictObject({ matchLabels: labels }), template }),
});
const job = z.strictObject({
  apiVersion: z.literal('batch/v1'),
  kind: z.literal('Job'),
  metadata,
  spec: z.strictObject({ backoffLimit: z.number().int().min(0).optional(), template }),
});
const configMap = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('ConfigMap'),
  metadata,
  data: z.record(z.string().regex(/^[\w.-]+$/), z.string()),
});
const service = z.strictObject({
  apiVersion: z.literal('v1'),
  kind: z.literal('Service'),
  metadata,
  spec: z.strictObject({ selector: labels, ports: z.array(z.strictObject({ name, port, targetPort: z.union([port, name]) })).min(1) }),
});
const networkPolicy = z.strictObject({
  apiVersion: z.literal('networking.k8s.io/v1'),
  kind: z.literal('NetworkPolicy'),
  metadata,
  spec: z.strictObject({
    podSelector: z.strictObject({
      matchLabels: labels.optional(),
      matchExpressions: z
        .array(
          z.strictObject({
            key: z.string(),
            operator: z.enum(['In', 'NotIn', 'Exists', 'DoesNotExist']),
            values: z.array(z.string()).optional(),
          }),
        )
        .optional(),
    }),
    policyTypes: z.array(z.enum(['Ingress', 'Egress'])),
    ingress: z.array(z.never()).optional(),
  }),
});

export const manifestSchema = z.discriminatedUnion('kind', [deployment, job, configMap, service, networkPolicy]);
export type Manifest = z.infer<typeof manifestSchema>;

/** What of a manifest runs. */
export function workloads(
  manifest: Manifest,
): { name: string; pod: z.infer<typeof pod>; labels: Record<string, string>; selector: Record<string, string> | null }[] {
  if (manifest.kind !== 'Deployment' && manifest.kind !== 'Job') return [];
  const { template: made } = manifest.spec;
  const selector = manifest.kind === 'Deployment' ? manifest.spec.selector.matchLabels : null;
  return [{ name: manifest.metadata.name, pod: made.spec, labels: made.metadata.labels, selector }];
}
