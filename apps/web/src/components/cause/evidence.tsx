import { plainText } from '@rollcall/ui';

/** `finalStatus` → "Final status"; `eventsAtMs` → "Events at (ms)". */
function readable(name: string): string {
  const words = plainText(name, 60)
    .replace(/Ms$/, ' (ms)')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replaceAll('_', ' ')
    .toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

function textOf(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object')) return value.join('\n');
  return JSON.stringify(value, null, 2) ?? '';
}

/** What the probe saw, fact by fact. Values come from the monitored server. */
export function Evidence({ evidence }: { evidence: Record<string, unknown> }) {
  const facts = Object.entries(evidence).filter(([, value]) => value !== null && value !== undefined);
  if (facts.length === 0) return null;
  return (
    <dl className="grid gap-x-4 gap-y-2 text-sm sm:grid-cols-[minmax(120px,auto)_1fr]">
      {facts.map(([name, value]) => {
        const text = plainText(textOf(value), 2000);
        const scrolls = text.length > 300 || text.split('\n').length > 8;
        return (
          <div key={name} className="min-w-0 sm:contents">
            <dt className="text-muted sm:max-w-48">{readable(name)}</dt>
            <dd
              tabIndex={scrolls ? 0 : undefined}
              className="foreign max-h-48 overflow-y-auto whitespace-pre-wrap font-mono text-xs leading-5"
            >
              {text}
            </dd>
          </div>
        );
      })}
    </dl>
  );
}
