'use client';
import { Field, Input } from '@rollcall/ui';
import { accentPair } from '#web/lib/accent.ts';

const HEX = /^#[0-9a-f]{6}$/i;
const USUAL = '#3d4fd1';

/** The page's own colour, and what becomes of it where it would be hard to read. */
export function AccentField({ value, error, onChange }: { value: string; error?: string | undefined; onChange: (value: string) => void }) {
  const valid = HEX.test(value);
  return (
    <div className="flex flex-col gap-2">
      <Field
        label="Accent colour"
        optional
        error={error ?? (value !== '' && !valid ? 'Must be a colour like #3d4fd1.' : undefined)}
        hint="For links and the line on top. States keep their own colours."
      >
        {(ids) => (
          <span className="flex gap-2">
            <input
              type="color"
              aria-label="Pick the accent colour"
              value={valid ? value : USUAL}
              onChange={(event) => onChange(event.target.value)}
              className="h-9 w-11 shrink-0 cursor-pointer rounded-control border border-line-strong bg-surface p-1"
            />
            <Input
              {...ids}
              value={value}
              maxLength={7}
              spellCheck={false}
              placeholder={USUAL}
              onChange={(event) => onChange(event.target.value.trim())}
            />
          </span>
        )}
      </Field>
      {valid ? <Enforced hex={value} /> : null}
    </div>
  );
}

/** Says in words, not by colour alone, what the page will use. */
function Enforced({ hex }: { hex: string }) {
  const pair = accentPair(hex);
  const shown = [
    { theme: 'light', used: pair.light },
    { theme: 'dark', used: pair.dark },
  ];
  return (
    <ul aria-label="How the colour is used" className="flex flex-col gap-1 text-muted text-xs">
      {shown.map(({ theme, used }) => {
        const kept = used.toLowerCase() === hex.toLowerCase();
        return (
          <li key={theme} className="flex items-center gap-2">
            <span aria-hidden className="size-3.5 shrink-0 rounded-full border" style={{ background: used }} />
            <span>
              On {theme}: {kept ? `as you chose it` : `shown as ${used}`},{' '}
              {kept ? 'readable (4.5:1 or more).' : `because ${hex} has less than 4.5:1 against the ${theme} surface (WCAG 2.2, 1.4.3).`}
            </span>
          </li>
        );
      })}
    </ul>
  );
}
