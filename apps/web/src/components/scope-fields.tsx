'use client';
import { address } from '@rollcall/client';
import { Button, Chip, Field, Input, plainText } from '@rollcall/ui';
import { useQueries } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { EndpointPicker } from './endpoint-picker.tsx';

export interface Scope {
  endpoints: string[];
  tags: string[];
}

const MAX_NAMED = 50;
export const splitTags = (text: string): string[] => [...new Set(text.split(/[\s,;]+/).filter(Boolean))];

/** Endpoints by name, tags by word. */
export function ScopeFields({
  value,
  tagHint,
  errors = {},
  onChange,
}: {
  value: Scope;
  tagHint: string;
  errors?: { endpoints?: string | undefined; tags?: string | undefined };
  onChange: (scope: Scope) => void;
}) {
  const [picked, setPicked] = useState<ReadonlyMap<string, string>>(new Map());
  const [tagText, setTagText] = useState(value.tags.join(' '));
  const named = value.endpoints.slice(0, MAX_NAMED);
  const known = useQueries({
    queries: named.map((id) => ({
      queryKey: [`/endpoints/${id}`],
      queryFn: ({ signal }: { signal: AbortSignal }) => api.read(address('/endpoints/{id}', { path: { id } }), { signal }),
      enabled: !picked.has(id),
      staleTime: 60_000,
    })),
  });
  const nameOf = (id: string, index: number) => plainText(picked.get(id) ?? known[index]?.data?.name ?? id, 60);
  return (
    <>
      <div className="flex min-w-0 flex-col gap-1.5">
        <p className="font-medium text-sm">
          Endpoints <span className="ml-0.5 font-normal text-faint">optional</span>
        </p>
        {named.length === 0 ? null : (
          <ul aria-label="Chosen endpoints" className="flex flex-wrap gap-1.5">
            {named.map((id, index) => (
              <li key={id} className="flex min-w-0">
                <Chip className="gap-1 pr-0.5 text-xs">
                  <span className="foreign line-clamp-1">{nameOf(id, index)}</span>
                  <Button
                    variant="ghost"
                    className="size-6 p-0"
                    aria-label={`Leave out ${nameOf(id, index)}`}
                    onClick={() => onChange({ ...value, endpoints: value.endpoints.filter((one) => one !== id) })}
                  >
                    <X aria-hidden className="size-3" />
                  </Button>
                </Chip>
              </li>
            ))}
            {value.endpoints.length > MAX_NAMED ? (
              <li className="text-muted text-xs">and {value.endpoints.length - MAX_NAMED} more</li>
            ) : null}
          </ul>
        )}
        <EndpointPicker
          label="Add an endpoint"
          taken={new Set(value.endpoints)}
          onPick={({ id, name }) => {
            setPicked((before) => new Map(before).set(id, name));
            onChange({ ...value, endpoints: [...value.endpoints, id] });
          }}
        />
        {errors.endpoints === undefined ? null : (
          <p role="alert" className="text-danger text-xs">
            {errors.endpoints}
          </p>
        )}
      </div>
      <Field label="Tags" optional hint={tagHint} error={errors.tags}>
        {(ids) => (
          <Input
            {...ids}
            placeholder="prod team:payments"
            spellCheck={false}
            value={tagText}
            onChange={(event) => {
              setTagText(event.target.value);
              onChange({ ...value, tags: splitTags(event.target.value) });
            }}
          />
        )}
      </Field>
    </>
  );
}
