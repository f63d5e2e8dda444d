'use client';
import { ENDPOINT_SORTS, type EndpointSort } from '@rollcall/core';
import { Input, Select, STATUS_LABEL, STATUS_ORDER } from '@rollcall/ui';
import { Search } from 'lucide-react';
import type { EndpointFilter } from '#web/app/(app)/endpoints/search-params.ts';
import { SavedViews } from './saved-views.tsx';

const SORT_WORD: Record<EndpointSort, string> = {
  newest: 'Newest first',
  name: 'By name',
  status: 'Worst first',
  latency: 'Slowest first',
};

/** Search, filters and order of the table. All of it is in the address. */
export function EndpointFilters({ filter, change }: { filter: EndpointFilter; change: (part: Partial<EndpointFilter>) => void }) {
  return (
    <search className="flex flex-wrap items-center gap-2">
      <div className="relative min-w-0 flex-1 basis-full sm:max-w-xs sm:basis-56">
        <Search aria-hidden className="pointer-events-none absolute top-2.5 left-2.5 size-4 text-faint" />
        <Input
          type="search"
          aria-label="Search by name or URL"
          placeholder="Name or URL"
          maxLength={200}
          className="pl-8"
          value={filter.q}
          onChange={(event) => change({ q: event.target.value })}
        />
      </div>
      <Select
        aria-label="Status"
        className="w-38 max-sm:flex-1 max-sm:basis-28"
        value={filter.status ?? ''}
        onChange={(event) => change({ status: STATUS_ORDER.find((status) => status === event.target.value) ?? null })}
      >
        <option value="">Every status</option>
        {STATUS_ORDER.map((status) => (
          <option key={status} value={status}>
            {STATUS_LABEL[status]}
          </option>
        ))}
      </Select>
      <Exact label="Tag" value={filter.tag} maxLength={64} onChange={(tag) => change({ tag })} />
      <Exact label="Cause" value={filter.cause} maxLength={100} onChange={(cause) => change({ cause })} />
      <Select
        aria-label="Order"
        className="w-36 max-sm:flex-1 max-sm:basis-28"
        value={filter.sort}
        onChange={(event) => change({ sort: ENDPOINT_SORTS.find((sort) => sort === event.target.value) ?? 'newest' })}
      >
        {ENDPOINT_SORTS.map((sort) => (
          <option key={sort} value={sort}>
            {SORT_WORD[sort]}
          </option>
        ))}
      </Select>
      <SavedViews />
    </search>
  );
}

interface ExactProps {
  label: string;
  value: string | null;
  maxLength: number;
  onChange: (value: string | null) => void;
}

/** A filter by one exact word; a click on the word in a row fills it in. */
function Exact({ label, value, maxLength, onChange }: ExactProps) {
  return (
    <Input
      type="search"
      aria-label={label}
      placeholder={label}
      maxLength={maxLength}
      spellCheck={false}
      className="w-32 max-sm:flex-1 max-sm:basis-28"
      value={value ?? ''}
      onChange={(event) => onChange(event.target.value === '' ? null : event.target.value)}
    />
  );
}
