import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';

const READY_MS = 10_000;
let configs = 0;

/** Starts nginx in the foreground with this `http { }` content and waits until every port accepts. Answers how to stop it. */
export async function startNginx(folder: string, http: string, host: string, ports: readonly number[]): Promise<() => Promise<void>> {
  const home = folderFor(folder, 'nginx');
  const temp = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map((name) => `${name}_temp_path ${home}/${name};`).join(' ');
  const config = join(home, 'nginx.conf');
  writeFileSync(
    config,
    `${process.getuid?.() === 0 ? 'user root root;' : ''}
worker_processes 1;
pid ${home}/nginx.pid;
error_log stderr warn;
events { worker_connections 256; }
http {
access_log off;
default_type application/octet-stream;
types { text/html html; }
${temp}
${http}
}
`,
  );
  const child = spawn('nginx', ['-p', home, '-c', config, '-g', 'daemon off;'], { stdio: ['ignore', 'ignore', 'pipe'] });
  await ready(child, `nginx\n${http}`, host, ports);
  return () => stop(child);
}

/** Starts Caddy with this Caddyfile. `root()`: the certificate of its internal authority, PEM. */
export async function startCaddy(
  folder: string,
  caddyfile: string,
  host: string,
  ports: readonly number[],
  listen: { http: number; https: number },
  environment: Readonly<Record<string, string>> = {},
): Promise<{ stop: () => Promise<void>; root(): string }> {
  const home = folderFor(folder, 'caddy');
  const config = join(home, 'Caddyfile');
  writeFileSync(
    config,
    `{
  admin off
  local_certs
  skip_install_trust
  default_bind ${host}
  http_port ${listen.http}
  https_port ${listen.https}
  storage file_system ${home}/storage
}
${caddyfile}
`,
  );
  const env = { ...process.env, ...environment, HOME: home, XDG_DATA_HOME: home, XDG_CONFIG_HOME: home };
  const child = spawn('caddy', ['run', '--config', config, '--adapter', 'caddyfile'], { stdio: ['ignore', 'ignore', 'pipe'], env });
  await ready(child, `caddy\n${caddyfile}`, host, ports);
  return {
    stop: () => stop(child),
    root: () => readFileSync(join(home, 'storage', 'pki', 'authorities', 'local', 'root.crt'), 'utf8'),
  };
}

function folderFor(folder: string, name: string): string {
  configs += 1;
  const home = join(folder, `${name}-${configs}`);
  mkdirSync(home, { recursive: true });
  return home;
}

async function ready(child: ChildProcess, what: string, host: string, ports: readonly number[]): Promise<void> {
  let said = '';
  let ended: number | null = null;
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  child.on('error', (error) => {
    said += error.message;
    ended = -1;
  });
  child.on('exit', (code) => {
    ended = code ?? -1;
  });
  const until = Date.now() + READY_MS;
  for (const port of ports) {
    while (!(await accepts(host, port))) {
      if (ended !== null || Date.now() > until) {
        child.kill('SIGKILL');
        throw new Error(`did not come up on ${host}:${port}: ${what}\n${said}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
}

function accepts(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port });
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 3000);
  await gone;
  clearTimeout(timer);
}
