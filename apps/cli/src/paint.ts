import picocolors from 'picocolors';

export type Paint = ReturnType<typeof picocolors.createColors>;

/** Colour on a terminal, none in a pipe; NO_COLOR and FORCE_COLOR decide (no-color.org). */
export function createPaint(out: { isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  const forced = env['FORCE_COLOR'] !== undefined && env['FORCE_COLOR'] !== '0';
  return picocolors.createColors(!env['NO_COLOR'] && (forced || (out.isTTY === true && env['TERM'] !== 'dumb')));
}

/**
 * Text of a monitored server as it may stand on a terminal: control characters (escape sequences) and bidirectional
 * overrides are shown as what they are instead of being obeyed.
 */
export function harmless(text: string): string {
  return text.replace(/[\p{Cc}\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, (character) => {
    if (character === '\n' || character === '\t') return character;
    return `\\u${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0')}`;
  });
}
