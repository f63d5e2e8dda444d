import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';

/** Who may be dialled. Without `allowPrivate` only public unicast addresses are. */
export interface AddressPolicy {
  readonly allowPrivate: boolean;
}

// Ranges that ipaddr.js calls unicast (or may one day) and that must still never be dialled from a public installation.
const NEVER_PUBLIC = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  '::/96',
  '::ffff:0:0/96',
  '::ffff:0:0:0/96',
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '100::/64',
  '2001::/23',
  '2001:db8::/32',
  '2002::/16',
  '3fff::/20',
  '5f00::/16',
  'fc00::/7',
  'fe80::/10',
  'fec0::/10',
  'ff00::/8',
].map((range) => ipaddr.parseCIDR(range));

/** True for a public unicast IP address. IPv4-mapped IPv6 is judged as the IPv4 address it carries. False for anything that is no IP. */
export function isPublicAddress(address: string): boolean {
  let known = judged.get(address);
  if (known === undefined) {
    known = judge(address);
    if (judged.size >= MAX_JUDGED) judged.clear();
    judged.set(address, known);
  }
  return known;
}

/** Every probe asks again about the same addresses, and the answer is a matter of the address alone. */
const judged = new Map<string, boolean>();
const MAX_JUDGED = 10_000;

function judge(address: string): boolean {
  const bare = address.replace(/%.*$/, '');
  if (isIP(bare) === 0) return false;
  const parsed = ipaddr.process(bare);
  if (parsed.range() !== 'unicast') return false;
  return !NEVER_PUBLIC.some(([base, bits]) => base.kind() === parsed.kind() && parsed.match(base, bits));
}

/** The host of a URL without the brackets of an IPv6 literal. */
export function bareHost(url: URL): string {
  return url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
}

/** The port a URL is served on. */
export function portOf(url: URL): number {
  if (url.port !== '') return Number(url.port);
  return url.protocol === 'https:' ? 443 : 80;
}

/** `localhost` and everything under it, which no resolver may be trusted with (RFC 6761 §6.3). */
export function isLoopbackName(host: string): boolean {
  return /(^|\.)localhost\.?$/i.test(host);
}
