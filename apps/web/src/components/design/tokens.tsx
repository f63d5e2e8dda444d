import { Part } from './part.tsx';

const COLOURS = [
  'canvas',
  'surface',
  'sunken',
  'hover',
  'line',
  'line-strong',
  'ink',
  'muted',
  'faint',
  'accent',
  'primary',
  'on-primary',
  'danger',
  'up',
  'degraded',
  'down',
  'gated',
  'idle',
  'maintenance',
];
const SIZES = [
  ['text-2xl', '26/32', 'A page'],
  ['text-xl', '20/28', 'A heading'],
  ['text-lg', '16/24', 'A panel'],
  ['text-base', '14/22', 'Running text'],
  ['text-sm', '13/20', 'Rows and controls'],
  ['text-xs', '12/17', 'Notes'],
  ['text-2xs', '11/16', 'Chips'],
] as const;
const STEPS = [1, 2, 3, 4, 6, 8, 12];

export function Tokens() {
  return (
    <>
      <Part title="Colour">
        <ul className="grid grid-cols-2 gap-2 sm:grid-cols-4">
          {COLOURS.map((name) => (
            <li key={name} className="flex items-center gap-2 text-xs">
              <span className="size-7 shrink-0 rounded-control border" style={{ background: `var(--${name})` }} />
              <span className="font-mono">{name}</span>
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Type">
        <ul className="flex flex-col gap-1.5">
          {SIZES.map(([name, size, text]) => (
            <li key={name} className="flex items-baseline gap-4">
              <span className="w-24 shrink-0 font-mono text-faint text-xs">
                {name.slice(5)} {size}
              </span>
              <span className={name}>{text}</span>
            </li>
          ))}
          <li className="flex items-baseline gap-4">
            <span className="w-24 shrink-0 font-mono text-faint text-xs">mono</span>
            <code className="font-mono text-sm">initialize 0O 1lI</code>
          </li>
        </ul>
      </Part>
      <Part title="Spacing, in steps of 4 px">
        <ul className="flex flex-col gap-1">
          {STEPS.map((step) => (
            <li key={step} className="flex items-center gap-4 text-xs">
              <span className="w-24 font-mono text-faint">{step * 4} px</span>
              <span className="h-2 bg-accent" style={{ width: step * 4 }} />
            </li>
          ))}
        </ul>
      </Part>
      <Part title="Radius and elevation">
        <ul className="flex flex-wrap gap-4 text-xs">
          <li className="rounded-control border bg-surface px-4 py-3">control, 7 px</li>
          <li className="rounded-card border bg-surface px-4 py-3">card, 10 px</li>
          <li className="rounded-full border bg-surface px-4 py-3">pill</li>
          <li className="rounded-card border bg-surface px-4 py-3 shadow-card">card shadow</li>
          <li className="rounded-card bg-surface px-4 py-3 shadow-pop">pop shadow</li>
        </ul>
      </Part>
    </>
  );
}
