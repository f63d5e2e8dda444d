/** What a key press asks for. Pure: the browser is read by whoever calls it. */
export type Command =
  | { type: 'palette' }
  | { type: 'help' }
  | { type: 'search' }
  | { type: 'go'; href: string }
  | { type: 'row'; step: 1 | -1 }
  | { type: 'undo' }
  | { type: 'press'; key: string };

/** The second key after `g`. */
export const PLACES: Record<string, { href: string; label: string }> = {
  o: { href: '/', label: 'Overview' },
  e: { href: '/endpoints', label: 'Endpoints' },
  i: { href: '/incidents', label: 'Incidents' },
  c: { href: '/channels', label: 'Channels' },
  m: { href: '/maintenance', label: 'Maintenance' },
  p: { href: '/status-pages', label: 'Status pages' },
  s: { href: '/settings', label: 'Settings' },
};
/** How long `g` waits for its second key. */
const CHORD_MS = 1500;

export interface Press {
  key: string;
  ctrlKey: boolean;
  metaKey: boolean;
  altKey: boolean;
  /** The focus is in a field, or a dialog or menu is open: its own keys go first. */
  busy: boolean;
  /** The reader has switched single keys off (WCAG 2.2, 2.1.4). */
  singleKeysOff: boolean;
}
export interface Chord {
  key: string;
  atMs: number;
}

/** Decides what one key press means after the one before. */
export function readPress(press: Press, before: Chord | null, nowMs: number): { command: Command | null; chord: Chord | null } {
  const nothing = { command: null, chord: null };
  const { key } = press;
  if ((press.ctrlKey || press.metaKey) && !press.altKey && key.toLowerCase() === 'k') return { command: { type: 'palette' }, chord: null };
  if (press.ctrlKey || press.metaKey || press.altKey || press.busy || press.singleKeysOff) return nothing;
  if (before?.key === 'g' && nowMs - before.atMs <= CHORD_MS) {
    const place = PLACES[key];
    return place === undefined ? nothing : { command: { type: 'go', href: place.href }, chord: null };
  }
  switch (key) {
    case 'g':
      return { command: null, chord: { key, atMs: nowMs } };
    case '?':
      return { command: { type: 'help' }, chord: null };
    case '/':
      return { command: { type: 'search' }, chord: null };
    case 'j':
      return { command: { type: 'row', step: 1 }, chord: null };
    case 'k':
      return { command: { type: 'row', step: -1 }, chord: null };
    case 'z':
      return { command: { type: 'undo' }, chord: null };
    case 'a':
      return { command: { type: 'press', key }, chord: null };
    default:
      return nothing;
  }
}
