'use client';

/** Some of a fixed set, as checkboxes; the hint says what none means. */
export function Checks<T extends string>({
  legend,
  none,
  options,
  labels,
  value,
  onChange,
}: {
  legend: string;
  none: string;
  options: readonly T[];
  labels: Record<T, string>;
  value: readonly T[];
  onChange: (value: T[]) => void;
}) {
  return (
    <fieldset className="min-w-0">
      <legend className="mb-1 font-medium text-sm">
        {legend} <span className="ml-0.5 font-normal text-faint">{none}</span>
      </legend>
      <div className="flex flex-wrap gap-x-4 gap-y-0.5">
        {options.map((option) => (
          <label key={option} className="flex min-h-7 items-center gap-2 text-sm">
            <input
              type="checkbox"
              checked={value.includes(option)}
              onChange={(event) => onChange(options.filter((one) => (one === option ? event.target.checked : value.includes(one))))}
              className="size-4 accent-primary"
            />
            {labels[option]}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
