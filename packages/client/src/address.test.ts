import { expect, it } from 'vitest';
import { addressOf } from './address.ts';

it.each([
  ['/endpoints', undefined, undefined, '/endpoints'],
  ['/endpoints', undefined, { limit: 5, tag: 'a b&c', q: undefined, cursor: null }, '/endpoints?limit=5&tag=a+b%26c'],
  ['/endpoints/{id}/probes/{probeId}', { id: 'ep_1', probeId: 'pr/1?x#y' }, {}, '/endpoints/ep_1/probes/pr%2F1%3Fx%23y'],
])('fills %s with %j and %j', (path, params, query, expected) => {
  expect(addressOf(path, params, query)).toBe(expected);
});

it.each([[{}], [{ id: '' }], [{ id: null }], [{ id: '.' }], [{ id: '..' }]])('refuses ids that lead elsewhere: %j', (params) => {
  expect(() => addressOf('/endpoints/{id}', params, undefined)).toThrow(TypeError);
});
