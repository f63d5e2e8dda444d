'use client';
import type { Endpoint } from '@rollcall/contracts';
import { SEVERITIES } from '@rollcall/core';
import { Button, Field, Input, Select } from '@rollcall/ui';
import { Plus, X } from 'lucide-react';
import type { Override } from './read-settings.ts';
import type { FieldErrors } from './section.tsx';

const QUORUMS = { '': 'Majority (default)', any: 'Any one', majority: 'Majority', all: 'All' } as const;

/** From where it is probed, and how sure a change must be before it counts. */
export function Confirmation({ endpoint, errorAt }: { endpoint: Endpoint; errorAt: FieldErrors }) {
  const { policy, regions } = endpoint;
  return (
    <>
      <Field label="Regions" hint="Names of the installation's probers, separated by spaces." error={errorAt('regions')}>
        {(ids) => <Input {...ids} name="regions" required spellCheck={false} autoComplete="off" defaultValue={regions.join(' ')} />}
      </Field>
      <Field label="Regions that must agree" hint="Before it counts as failing." error={errorAt('policy/quorum')}>
        {(ids) => (
          <Select {...ids} name="quorum" defaultValue={String(policy.quorum ?? '')}>
            {Object.entries(QUORUMS).map(([value, word]) => (
              <option key={value} value={value}>
                {word}
              </option>
            ))}
            {Array.from({ length: Math.max(regions.length, Number(policy.quorum) || 0) }, (_, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: numbers from 1
              <option key={n} value={n + 1}>
                At least {n + 1}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field
        label="Confirmations of a failure"
        optional
        hint="Failing probes beyond the first one, before anyone is told. Default 2."
        error={errorAt('policy/confirmations')}
      >
        {(ids) => <Input {...ids} name="confirmations" type="number" min={0} max={10} defaultValue={policy.confirmations} />}
      </Field>
      <Field
        label="Confirmations of a recovery"
        optional
        hint="As many as of a failure by default."
        error={errorAt('policy/recoveryConfirmations')}
      >
        {(ids) => (
          <Input {...ids} name="recoveryConfirmations" type="number" min={0} max={10} defaultValue={policy.recoveryConfirmations} />
        )}
      </Field>
    </>
  );
}

const DRIFT = [
  { name: 'driftBreaking', kind: 'breaking', label: 'Breaking changes', byDefault: 'tell' },
  { name: 'driftText', kind: 'text', label: 'Changes of texts', byDefault: 'tell' },
  { name: 'driftAdditive', kind: 'additive', label: 'Additions', byDefault: 'only record' },
] as const;

/** Which changes of the tools are told. */
export function DriftFields({ drift, errorAt }: { drift: Endpoint['policy']['drift']; errorAt: FieldErrors }) {
  return DRIFT.map(({ name, kind, label, byDefault }) => (
    <Field key={name} label={label} error={errorAt(`policy/drift/${kind}`)}>
      {(ids) => (
        <Select {...ids} name={name} defaultValue={drift?.[kind] ?? ''}>
          <option value="">Default: {byDefault}</option>
          <option value="alert">Tell</option>
          <option value="record">Only record</option>
        </Select>
      )}
    </Field>
  ));
}

const SEVERITY_WORD = { down: 'Down', degraded: 'Degraded', notice: 'Notice', mute: 'Muted' } as const;
const OVERRIDE_SEVERITIES = [...SEVERITIES, 'mute'] as const;

/** What the owner makes of a cause or finding, each with its reason. */
export function Overrides({
  overrides,
  codes,
  onChange,
  errorAt,
}: {
  overrides: Override[];
  codes: string[];
  onChange: (overrides: Override[]) => void;
  errorAt: FieldErrors;
}) {
  const change = (index: number, part: Partial<Override>) =>
    onChange(overrides.map((entry, at) => (at === index ? { ...entry, ...part } : entry)));
  return (
    <div className="flex min-w-0 flex-col gap-4 sm:col-span-2">
      <datalist id="cause-codes">
        {codes.map((code) => (
          <option key={code} value={code} />
        ))}
      </datalist>
      {overrides.length === 0 ? <p className="text-muted text-sm">Every code counts as the catalogue has it.</p> : null}
      {overrides.map((entry, index) => (
        <OverrideRow
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no other identity
          key={index}
          entry={entry}
          index={index}
          errorAt={errorAt}
          onChange={(part) => change(index, part)}
          onRemove={() => onChange(overrides.filter((_, at) => at !== index))}
        />
      ))}
      <Button size="sm" className="self-start" onClick={() => onChange([...overrides, { code: '', severity: 'mute', reason: '' }])}>
        <Plus aria-hidden className="size-3.5" />
        Add an override
      </Button>
    </div>
  );
}

interface RowProps {
  entry: Override;
  index: number;
  errorAt: FieldErrors;
  onChange: (part: Partial<Override>) => void;
  onRemove: () => void;
}

function OverrideRow({ entry, index, errorAt, onChange, onRemove }: RowProps) {
  const at = `policy/overrides/${index}`;
  const forceError = errorAt(`${at}/force`);
  return (
    <fieldset className="grid gap-3 rounded-control border p-3 sm:grid-cols-[1fr_140px_auto]">
      <legend className="sr-only">Override {index + 1}</legend>
      <Field label="Code" error={errorAt(`${at}/code`)}>
        {(ids) => (
          <Input
            {...ids}
            list="cause-codes"
            required
            spellCheck={false}
            autoComplete="off"
            placeholder="tls.expiring"
            className="font-mono"
            value={entry.code}
            onChange={(event) => onChange({ code: event.target.value.trim() })}
          />
        )}
      </Field>
      <Field label="Counts as" error={errorAt(`${at}/severity`)}>
        {(ids) => (
          <Select
            {...ids}
            value={entry.severity}
            onChange={(event) => onChange({ severity: OVERRIDE_SEVERITIES.find((name) => name === event.target.value) ?? 'mute' })}
          >
            {OVERRIDE_SEVERITIES.map((name) => (
              <option key={name} value={name}>
                {SEVERITY_WORD[name]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Button
        variant="ghost"
        size="icon"
        aria-label={`Remove override ${index + 1}`}
        className="mt-6.5 size-9 max-sm:mt-0"
        onClick={onRemove}
      >
        <X aria-hidden className="size-4" />
      </Button>
      <Field label="Reason" className="sm:col-span-3" error={errorAt(`${at}/reason`)}>
        {(ids) => (
          <Input {...ids} required maxLength={500} value={entry.reason} onChange={(event) => onChange({ reason: event.target.value })} />
        )}
      </Field>
      {forceError === undefined && entry.force !== true ? null : (
        <label className="flex items-start gap-2 text-sm sm:col-span-3">
          <input
            type="checkbox"
            className="mt-1"
            checked={entry.force === true}
            onChange={(event) => onChange({ force: event.target.checked })}
          />
          <span>
            Make it a failure although the code says that the server has not failed
            {forceError === undefined ? null : (
              <span role="alert" className="block text-danger text-xs">
                {forceError}
              </span>
            )}
          </span>
        </label>
      )}
    </fieldset>
  );
}
