import { spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Public networks that the namespace holds on its loopback device: no packet leaves, and no address of them is anybody's there.
 * Every other address is routed to a cable that nobody holds the other end of: packets to it vanish.
 */
export const PUBLIC_V4 = '93.184';
export const PUBLIC_V6 = '2606:2800:220:1::';

/**
 * Runs a script of the lab in a network namespace of its own, where ports below 1024 are free and public addresses are local.
 * Answers the lines it printed. Needs unshare and iproute2. Throws with what it said when it fails.
 */
export async function inNamespace(script: string, args: readonly string[], timeoutMs: number): Promise<string[]> {
  const root = join(import.meta.dirname, '..', '..', '..');
  const quoted = [process.execPath, '--import', 'tsx', script, '--public-v4', PUBLIC_V4, '--public-v6', PUBLIC_V6, ...args]
    .map((arg) => `'${arg.replaceAll("'", "'\\''")}'`)
    .join(' ');
  const commands = [
    'ip link set lo up',
    'echo 1 > /proc/sys/net/ipv6/ip_nonlocal_bind',
    `ip addr add ${PUBLIC_V4}.0.1/16 dev lo`,
    `ip -6 route add local ${PUBLIC_V6}/64 dev lo`,
    `ip -6 addr add ${PUBLIC_V6}ffff/128 dev lo nodad`,
    'ip link add hole type veth peer name nobody',
    'ip link set hole arp off up',
    'ip link set nobody arp off up',
    'ip route add default dev hole',
    'ip -6 route add default dev hole',
    // Networks that this machine has no route to.
    'ip route add throw 198.51.100.0/24',
    'ip -6 route add throw 2001:db8:ffff::/48',
    `exec ${quoted}`,
  ].join(' && ');
  const child = spawn('unshare', ['--user', '--map-root-user', '--net', 'sh', '-c', commands], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: timeoutMs,
    killSignal: 'SIGKILL',
  });
  let out = '';
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString()).slice(-4000);
  });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  if (code !== 0) throw new Error(`the lab's network namespace ended with ${code}: ${said}\n${out.slice(-1000)}`);
  return out.split('\n').filter((line) => line !== '');
}
