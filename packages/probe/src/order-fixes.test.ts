import { expect, it } from 'vitest';
import { orderFixes } from './order-fixes.ts';

const fixes = [
  { for: 'app', text: 'a' },
  { for: 'nginx', text: 'b' },
  { for: 'caddy', text: 'c' },
  { for: 'ingress-nginx', text: 'd' },
];
const order = (server: unknown) => orderFixes(fixes, server).map((fix) => fix.for);

it.each<[unknown, string[]]>([
  ['nginx/1.22.1', ['nginx', 'ingress-nginx', 'app', 'caddy']],
  ['Caddy', ['caddy', 'app', 'nginx', 'ingress-nginx']],
  ['mod_nginx_like', ['app', 'nginx', 'caddy', 'ingress-nginx']],
  [null, ['app', 'nginx', 'caddy', 'ingress-nginx']],
])('puts what the server %s needs first', (server, expected) => expect(order(server)).toEqual(expected));
