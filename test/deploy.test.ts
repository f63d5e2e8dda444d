import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { composeSchema } from './deploy/compose-schema.ts';
import { manifestSchema, workloads } from './deploy/kubernetes-schema.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const files = (folder: string, end: RegExp) =>
  readdirSync(join(root, folder))
    .filter((name) => end.test(name))
    .map((name) => `${folder}/${name}`);

/** Every variable that the configuration knows, by its documentation; and what others read. */
const KNOWN = new Set([...read('docs/configuration.md').matchAll(/`([A-Z][A-Z_]+)`/g)].map(([, name]) => name));
const OTHERS = new Set(['NODE_ENV', 'POSTGRES_USER', 'POSTGRES_DB', 'POSTGRES_PASSWORD']);
const unknownVariables = (names: readonly string[]) => names.filter((name) => !KNOWN.has(name) && !OTHERS.has(name));

describe('Kubernetes manifests', () => {
  const manifests = files('deploy/kubernetes', /\.yaml$/).flatMap((file) =>
    parseAllDocuments(read(file)).map((document, n): [string, unknown] => [`${file} ${n}`, document.toJS()]),
  );

  it.each(manifests)('%s has the shape of its kind and no member besides', (_name, manifest) => {
    expect(manifestSchema.parse(manifest)).toEqual(manifest);
  });

  it.each(
    manifests.flatMap(([name, manifest]) => workloads(manifestSchema.parse(manifest)).map((one) => [`${name} ${one.name}`, one] as const)),
  )(
    '%s runs as nobody in particular, on a file system that it cannot write, and is told what exists',
    (_name, { pod, selector, labels }) => {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      for (const container of pod.containers) {
        expect(container.securityContext).toEqual({
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'] },
        });
        for (const { name } of container.volumeMounts ?? []) expect(pod.volumes?.map((volume) => volume.name)).toContain(name);
        expect(unknownVariables((container.env ?? []).map(({ name }) => name))).toEqual([]);
        const ports = new Set((container.ports ?? []).map(({ containerPort }) => containerPort));
        for (const probe of [container.livenessProbe, container.readinessProbe]) if (probe) expect(ports).toContain(probe.httpGet.port);
      }
      if (selector) expect(labels).toMatchObject(selector);
    },
  );

  it('services and policies select what is there', () => {
    const all = manifests.map(([, manifest]) => manifestSchema.parse(manifest));
    const labels = all.flatMap(workloads).map((one) => one.labels);
    for (const manifest of all) {
      if (manifest.kind !== 'Service') continue;
      const found = labels.filter((own) => Object.entries(manifest.spec.selector).every(([key, value]) => own[key] === value));
      expect(found.length, manifest.metadata.name).toBe(1);
    }
  });

  it.each([
    ['a member that there is not', (text: string) => text.replace('replicas: 2', 'replica: 2')],
    ['a kind of another version', (text: string) => text.replace('apiVersion: apps/v1', 'apiVersion: apps/v1beta1')],
    ['a port that is a text', (text: string) => text.replace('containerPort: 9464', 'containerPort: "9464"')],
    ['a value that is no text', (text: string) => text.replace('value: "9464"', 'value: 9464')],
  ])('with %s would be noticed', (_what, change) => {
    const text = read('deploy/kubernetes/remote-prober.yaml');
    expect(change(text)).not.toBe(text);
    expect(parseAllDocuments(change(text)).every((document) => manifestSchema.safeParse(document.toJS()).success)).toBe(false);
  });
});

describe('Compose files', () => {
  it.each(['docker-compose.yml', ...files('deploy/compose', /\.yml$/)])(
    '%s has the shape of the Compose specification, and its own services are confined',
    (file) => {
      const given: unknown = parse(read(file), { merge: true });
      const { services, volumes = {} } = composeSchema.parse(given);
      for (const [name, service] of Object.entries(services)) {
        for (const volume of service.volumes ?? []) expect(Object.keys(volumes)).toContain(volume.split(':', 1)[0]);
        for (const other of Object.keys(service.depends_on ?? {})) expect(Object.keys(services)).toContain(other);
        expect(unknownVariables(Object.keys(service.environment ?? {})), name).toEqual([]);
        if (service.build === undefined) continue;
        expect(service, name).toMatchObject({ read_only: true, cap_drop: ['ALL'], security_opt: ['no-new-privileges:true'] });
      }
    },
  );
});

describe('systemd units', () => {
  const units = files('deploy/systemd', /\.service$/);

  it('are understood by systemd without a warning', () => {
    const checked = spawnSync('systemd-analyze', ['verify', ...units.map((unit) => join(root, unit))], {
      encoding: 'utf8',
    });
    // What it says of this machine (no such user, no such folder) is not about the units.
    const about = checked.stderr.split('\n').filter((line) => /deploy\/systemd/.test(line) || /Unknown|Invalid|ignoring/.test(line));
    expect(about).toEqual([]);
  });

  it.each(units)('%s cannot gain privileges and starts something that is built', (unit) => {
    const text = read(unit);
    for (const line of ['NoNewPrivileges=yes', 'ProtectSystem=strict', 'ProtectHome=yes']) expect(text).toContain(line);
    expect(text).toMatch(/^(User=rollcall|DynamicUser=yes)$/m);
    for (const [, app, entry] of text.matchAll(/apps\/(\w+)\/dist\/([\w.]+)\.js/g))
      expect(() => read(`apps/${app}/src/${entry}.ts`)).not.toThrow();
    const names = [...text.matchAll(/^Environment=(\w+)=/gm)].map(([, name]) => name as string);
    expect(unknownVariables(names)).toEqual([]);
  });
});

describe('Dockerfiles', () => {
  it.each(files('docker', /Dockerfile$/))('%s builds in one stage, runs in another, and not as root', (file) => {
    const lines = read(file)
      .replace(/\\\n/g, ' ')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '' && !line.startsWith('#'));
    const stages = lines.flatMap((line, n) => (/^FROM /.test(line) ? [n] : []));
    expect(stages.length).toBeGreaterThanOrEqual(2);
    for (const n of stages) expect(lines[n]).toMatch(/^FROM [\w./-]+:\d[\w.-]*( AS \w+)?$/);
    const last = lines.slice(stages.at(-1));
    expect(last.filter((line) => line.startsWith('USER ')).at(-1)).toMatch(/^USER (?!root|0)\w+/);
    // Nothing of the build stays but what is copied by name, and nothing is fetched in the last stage.
    expect(last.filter((line) => /^(ADD|COPY (?!--from=))|\b(npm|apt-get|curl|wget)\b/.test(line))).toEqual([]);
    expect(last.at(-1)).toMatch(/^CMD \["node", /);
    expect(lines.filter((line) => /npm (install|i)\b/.test(line))).toEqual([]);
    expect(lines.some((line) => line.startsWith('RUN npm ci'))).toBe(true);
  });
});
