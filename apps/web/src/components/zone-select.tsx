'use client';
import { Field, Select } from '@rollcall/ui';
import { useMemo } from 'react';
import { timeZones } from '#web/lib/wall-time.ts';
import { useZone } from './clock.tsx';

/** Whose clocks the times of a form are read from. */
export function ZoneSelect({
  value,
  error,
  hint,
  onChange,
}: {
  value: string;
  error?: string | undefined;
  hint?: string;
  onChange: (zone: string) => void;
}) {
  const own = useZone();
  const zones = useMemo(() => timeZones(own, value), [own, value]);
  return (
    <Field label="Time zone" error={error} hint={hint}>
      {(ids) => (
        <Select {...ids} value={value} onChange={(event) => onChange(event.target.value)} className="w-full">
          {zones.map((zone) => (
            <option key={zone} value={zone}>
              {zone === own ? `${zone} (yours)` : zone}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
