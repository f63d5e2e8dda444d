'use client';
import { Button, Field, Input, Select } from '@rollcall/ui';
import type { FormEvent } from 'react';
import type { AuditFilter } from '#web/app/(app)/settings/audit-log/search-params.ts';

const SUBJECTS = [
  ['account', 'Accounts'],
  ['api_key', 'API keys'],
  ['channel', 'Channels'],
  ['config', 'Configuration files'],
  ['endpoint', 'Endpoints'],
  ['incident', 'Incidents'],
  ['invitation', 'Invitations'],
  ['maintenance', 'Maintenance'],
  ['member', 'Members'],
  ['notice', 'Notices'],
  ['organization', 'Organization'],
  ['password', 'Passwords'],
  ['provider', 'Sign-in by other services'],
  ['session', 'Sessions'],
  ['status_page', 'Status pages'],
  ['status_report', 'Status reports'],
  ['status_subscriber', 'Subscribers'],
  ['tool_change', 'Tool changes'],
  ['two_factor', 'Two-factor sign-in'],
] as const;

/** The reader's calendar day as the API's instant, or back. A day begins at midnight where the reader is. */
const toInstant = (day: string, plusDays = 0): string | null => {
  const [year, month, date] = day.split('-').map(Number);
  if (year === undefined || month === undefined || date === undefined || day === '') return null;
  return new Date(year, month - 1, date + plusDays).toISOString();
};
const toDay = (instant: string | null, plusDays = 0): string => {
  const at = instant === null ? Number.NaN : Date.parse(instant);
  if (Number.isNaN(at)) return '';
  const local = new Date(at);
  local.setDate(local.getDate() + plusDays);
  const two = (value: number) => String(value).padStart(2, '0');
  return `${local.getFullYear()}-${two(local.getMonth() + 1)}-${two(local.getDate())}`;
};

export function AuditFilters({
  filter,
  onChange,
  onClear,
}: {
  filter: AuditFilter;
  onChange: (filter: AuditFilter) => unknown;
  onClear?: () => unknown;
}) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const text = (name: string) => String(form.get(name) ?? '').trim() || null;
    onChange({
      actor: text('actor'),
      action: text('action'),
      target: text('target'),
      from: toInstant(text('from') ?? ''),
      // The last day counts whole.
      to: toInstant(text('to') ?? '', 1),
    });
  };
  const known = SUBJECTS.some(([subject]) => filter.action === `${subject}.*`);
  return (
    <form onSubmit={submit} className="grid grid-cols-1 items-end gap-3 sm:grid-cols-6">
      <Field label="Actor" className="sm:col-span-2">
        {(ids) => <Input {...ids} name="actor" defaultValue={filter.actor ?? ''} placeholder="maya@example.com" maxLength={300} />}
      </Field>
      <Field label="Action" className="sm:col-span-2">
        {(ids) => (
          <Select {...ids} name="action" defaultValue={filter.action ?? ''}>
            <option value="">All</option>
            {SUBJECTS.map(([subject, label]) => (
              <option key={subject} value={`${subject}.*`}>
                {label}
              </option>
            ))}
            {known || filter.action === null ? null : <option value={filter.action}>{filter.action}</option>}
          </Select>
        )}
      </Field>
      <Field label="Target" className="sm:col-span-2">
        {(ids) => (
          <Input {...ids} name="target" defaultValue={filter.target ?? ''} placeholder="ep_…" maxLength={200} className="font-mono" />
        )}
      </Field>
      <Field label="From" className="sm:col-span-2">
        {(ids) => <Input {...ids} name="from" type="date" defaultValue={toDay(filter.from)} suppressHydrationWarning />}
      </Field>
      <Field label="To" className="sm:col-span-2">
        {(ids) => <Input {...ids} name="to" type="date" defaultValue={toDay(filter.to, -1)} suppressHydrationWarning />}
      </Field>
      <div className="flex gap-2 sm:col-span-2">
        <Button type="submit" className="h-9">
          Filter
        </Button>
        {onClear === undefined ? null : (
          <Button variant="ghost" className="h-9" onClick={() => onClear()}>
            Clear
          </Button>
        )}
      </div>
    </form>
  );
}
