import type { Message, Tone } from '../message.ts';

/** 24-bit colours of a message's edge; the title's first word says the same. */
export const TONE_COLORS: Record<Tone, number> = { down: 0xd92d20, degraded: 0xdc8a0a, recovered: 0x12b76a, info: 0x667085 };

export function hexColor(tone: Tone): string {
  return `#${TONE_COLORS[tone].toString(16).padStart(6, '0')}`;
}

/** The whole message as plain lines, for push services and descriptions that know no markup. */
export function plainLines(message: Message): string[] {
  const fix = message.fix;
  return [
    message.summary,
    ...message.facts.map((fact) => `${fact.label}: ${fact.text}`),
    ...(fix === null ? [] : [`First fix (${fix.for}): ${fix.text}`]),
    ...(fix === null || fix.snippet === null ? [] : [fix.snippet]),
  ];
}

/** The facts again, as key and value. */
export function factsRecord(message: Message): Record<string, string> {
  return Object.fromEntries(message.facts.map((fact) => [fact.label, fact.text]));
}

/** A member of a JSON answer, or undefined when the answer is no such JSON. */
export function member(text: string, name: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  } catch {
    return undefined;
  }
}
