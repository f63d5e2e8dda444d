import type { LiveEvent } from '@rollcall/contracts';
import { expect, it } from 'vitest';
import { touches } from './touches.ts';

it.each<[LiveEvent['type'], string | null, string, boolean]>([
  ['reset', null, '/anything', true],
  ['endpoint.state', 'ep_1', '/overview', true],
  ['endpoint.state', 'ep_1', '/endpoints?status=down', true],
  ['endpoint.state', 'ep_1', '/endpoints', true],
  ['endpoint.state', 'ep_1', '/endpoints/hours?ids=ep_1', true],
  ['endpoint.state', 'ep_1', '/endpoints/ep_1', true],
  ['endpoint.state', 'ep_1', '/endpoints/ep_1/stats?window=24h', true],
  ['endpoint.state', 'ep_1', '/endpoints/ep_12', false],
  ['endpoint.state', null, '/endpoints/ep_12', true],
  ['endpoint.state', 'ep_1', '/incidents', false],
  ['endpoint.probed', 'ep_1', '/endpoints/ep_1/probes?limit=50', true],
  ['endpoint.probed', 'ep_1', '/endpoints/ep_1/tools', false],
  ['tools', 'ep_1', '/endpoints/ep_1/tool-changes?limit=20', true],
  ['tools', 'ep_1', '/endpoints/ep_1/probes?limit=50', false],
  ['tools', 'ep_1', '/endpoints/ep_1', true],
  ['incident', 'inc_1', '/incidents/inc_2', false],
  ['incident', 'inc_1', '/incidents?endpoint=ep_1', true],
  ['incident', 'inc_1', '/incidents/inc_1', true],
  ['delivery', 'dl_1', '/deliveries?channel=ch_1', true],
  ['channel', 'ch_1', '/channels/ch_2', false],
  ['status_page', null, '/status-pages/sp_1/subscribers?limit=200', true],
])('%s %s: %s is asked for again: %s', (type, id, path, expected) => {
  expect(touches({ type, id }, path)).toBe(expected);
});

it('what a newer server says is let go by', () => {
  expect(touches({ type: 'later' as 'reset', id: null }, '/overview')).toBe(false);
});
