'use client';
import type { Publishing, PublishingMode } from '@rollcall/contracts';
import { Field, Input, Select } from '@rollcall/ui';

const LABELS = { auto: 'At once', delayed: 'When it lasts', manual: 'Only by a report' } as const;
const PUBLISHING_MODES = Object.keys(LABELS) as PublishingMode[];
const HINTS = {
  auto: 'A confirmed incident appears on the page by itself.',
  delayed: 'It appears when it has lasted so long beyond its confirmation; one that ends before never does.',
  manual: 'Nothing appears by itself; write a report, or publish an incident.',
} as const;

/** When a confirmed incident appears in public. With `inherit` it may be left to the page. */
export function PublishingField({
  label,
  value,
  inherit = false,
  error,
  onChange,
}: {
  label: string;
  value: Publishing | null;
  inherit?: boolean;
  error?: string | undefined;
  onChange: (value: Publishing | null) => void;
}) {
  const choose = (mode: string) => {
    const known = PUBLISHING_MODES.find((one) => one === mode);
    if (known === undefined) onChange(null);
    else onChange(known === 'delayed' ? { mode: known, minutes: 10 } : { mode: known });
  };
  return (
    <div className="flex flex-wrap items-start gap-3">
      <Field
        label={label}
        hint={value === null ? 'As the page does it.' : HINTS[value.mode]}
        error={error}
        className="min-w-44 flex-1 basis-44"
      >
        {(ids) => (
          <Select {...ids} value={value?.mode ?? ''} onChange={(event) => choose(event.target.value)} className="w-full">
            {inherit ? <option value="">As the page</option> : null}
            {PUBLISHING_MODES.map((mode) => (
              <option key={mode} value={mode}>
                {LABELS[mode]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      {value?.mode === 'delayed' ? (
        <Field label="Minutes" className="w-24">
          {(ids) => (
            <Input
              {...ids}
              type="number"
              min={1}
              max={1440}
              required
              value={value.minutes || ''}
              onChange={(event) => onChange({ mode: 'delayed', minutes: Math.round(Number(event.target.value)) })}
            />
          )}
        </Field>
      ) : null}
    </div>
  );
}
