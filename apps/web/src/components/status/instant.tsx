/** An instant for readers of whom nothing is known: in the page's language, in UTC, and it says so. */
export function Instant({ at, locale, as = 'full' }: { at: string; locale: string; as?: 'full' | 'day' }) {
  const options: Intl.DateTimeFormatOptions =
    as === 'day'
      ? { day: 'numeric', month: 'short' }
      : { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' };
  const text = new Date(at).toLocaleString(locale, { ...options, timeZone: 'UTC', hourCycle: 'h23' });
  return (
    <time dateTime={at} className="whitespace-nowrap">
      {as === 'day' ? text : `${text} UTC`}
    </time>
  );
}
