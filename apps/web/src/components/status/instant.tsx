import { formatsOf } from '@rollcall/core';

/** An instant for readers of whom nothing is known: in the page's language, in UTC, and it says so. */
export function Instant({ at, locale, as = 'full' }: { at: string; locale: string; as?: 'full' | 'day' }) {
  const formats = formatsOf(locale);
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {as === 'day' ? formats.shortDay(at) : formats.instant(at)}
    </time>
  );
}
