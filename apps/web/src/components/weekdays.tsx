'use client';
import { cn } from '@rollcall/ui';

/** As ISO 8601 numbers them: Monday is 1. */
export const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'] as const;

export const weekdayNames = (days: readonly number[]): string =>
  [...days]
    .sort((a, b) => a - b)
    .map((day) => WEEKDAYS[day - 1])
    .join(', ');

export function Weekdays({ legend, value, onChange }: { legend: string; value: readonly number[]; onChange: (days: number[]) => void }) {
  return (
    <fieldset>
      <legend className="mb-1.5 font-medium text-sm">{legend}</legend>
      <div className="flex flex-wrap gap-1.5">
        {WEEKDAYS.map((name, index) => {
          const day = index + 1;
          const on = value.includes(day);
          return (
            <label
              key={name}
              className={cn(
                'flex h-8 cursor-pointer items-center rounded-control border px-2.5 text-sm has-focus-visible:outline-2 has-focus-visible:outline-accent has-focus-visible:outline-offset-2',
                on ? 'border-ink bg-hover font-medium' : 'border-line-strong text-muted',
              )}
            >
              <input
                type="checkbox"
                checked={on}
                onChange={() => onChange(on ? value.filter((one) => one !== day) : [...value, day].sort((a, b) => a - b))}
                className="sr-only"
              />
              {name}
            </label>
          );
        })}
      </div>
    </fieldset>
  );
}
