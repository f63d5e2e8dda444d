import { type StatusWords, wordsOf } from '@rollcall/core';
import { Callout, type Tone } from '@rollcall/ui';

const TONES: Record<keyof StatusWords['notices'], Tone> = {
  confirmation_sent: 'maintenance',
  confirmed: 'up',
  unsubscribed: 'up',
  unknown_link: 'degraded',
  refused: 'down',
};
export type Done = keyof StatusWords['notices'];
export const isDone = (text: unknown): text is Done => typeof text === 'string' && Object.hasOwn(TONES, text);

/** What came of the form that led here. */
export function Notice({ done, locale = 'en' }: { done: Done | null; locale?: string }) {
  if (done === null) return null;
  const { title, text } = wordsOf(locale).notices[done];
  return (
    <div role="status">
      <Callout tone={TONES[done]} title={title}>
        {text}
      </Callout>
    </div>
  );
}
