import { expect, test } from 'vitest';
import { type Chord, type Press, readPress } from './shortcuts.ts';

const press = (key: string, more: Partial<Press> = {}): Press => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  busy: false,
  singleKeysOff: false,
  ...more,
});
const g: Chord = { key: 'g', atMs: 1000 };

test('g and a second key within a moment go to a place', () => {
  expect(readPress(press('g'), null, 1000)).toEqual({ command: null, chord: g });
  expect(readPress(press('i'), g, 2000).command).toEqual({ type: 'go', href: '/incidents' });
  expect(readPress(press('i'), g, 2501).command).toBeNull();
  expect(readPress(press('j'), g, 2000)).toEqual({ command: null, chord: null });
});
test('in a field no single key does anything, and the palette opens all the same', () => {
  for (const key of ['g', '?', '/', 'j', 'k', 'a'])
    expect(readPress(press(key, { busy: true }), null, 0)).toEqual({ command: null, chord: null });
  expect(readPress(press('i', { busy: true }), g, 1001).command).toBeNull();
  expect(readPress(press('k', { busy: true, ctrlKey: true }), null, 0).command).toEqual({ type: 'palette' });
  expect(readPress(press('K', { metaKey: true }), null, 0).command).toEqual({ type: 'palette' });
});
test('who has switched single keys off keeps the palette', () => {
  expect(readPress(press('j', { singleKeysOff: true }), null, 0).command).toBeNull();
  expect(readPress(press('k', { singleKeysOff: true, metaKey: true }), null, 0).command).toEqual({ type: 'palette' });
});
test("the browser's own keys stay its own", () => {
  for (const key of ['a', 'j', '/', 'g']) expect(readPress(press(key, { ctrlKey: true }), null, 0).command).toBeNull();
  expect(readPress(press('k', { ctrlKey: true, altKey: true }), null, 0).command).toBeNull();
});
