'use client';
import { Field, Input } from '@rollcall/ui';
import { ChevronRight } from 'lucide-react';
import { useId } from 'react';
import type { ApiError } from '#web/lib/api-error.ts';
import type { DraftComponent } from './draft.ts';
import { PublishingField } from './publishing-field.tsx';

const MODE = { auto: 'at once', delayed: 'when it lasts', manual: 'only by a report' } as const;

/** One component: a line that says what it is, and its fields behind it. */
export function ComponentFields({
  component,
  title,
  groups,
  error,
  index,
  onChange,
}: {
  component: DraftComponent;
  title: string;
  groups: string[];
  error: ApiError | null;
  index: number;
  onChange: (component: DraftComponent) => void;
}) {
  const listId = useId();
  const errorOf = (member: string) => error?.fieldError(`components/${index}/${member}`);
  const broken = error?.fieldError(`components/${index}`);
  const set = (change: Partial<DraftComponent>) => onChange({ ...component, ...change });
  return (
    <details className="group min-w-0 flex-1" open={broken !== undefined || undefined}>
      <summary className="flex min-h-8 min-w-0 list-none items-start gap-2 rounded-control py-1.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="mt-[3px] size-3.5 shrink-0 text-faint transition-transform group-open:rotate-90" />
        <span className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <span className="foreign line-clamp-2 font-medium text-sm">{title}</span>
          <span className="foreign text-faint text-xs">
            {[component.group, component.publishing === null ? '' : MODE[component.publishing.mode]].filter(Boolean).join(' · ')}
          </span>
        </span>
      </summary>
      <div className="grid gap-3 pt-2 pb-3 sm:grid-cols-2 xl:grid-cols-1 2xl:grid-cols-2">
        <Field label="Name" error={errorOf('name')}>
          {(ids) => <Input {...ids} value={component.name} maxLength={100} onChange={(event) => set({ name: event.target.value })} />}
        </Field>
        <Field label="Group" optional error={errorOf('group')}>
          {(ids) => (
            <>
              <Input
                {...ids}
                list={listId}
                value={component.group}
                maxLength={100}
                onChange={(event) => set({ group: event.target.value })}
              />
              <datalist id={listId}>
                {groups.map((group) => (
                  <option key={group} value={group} />
                ))}
              </datalist>
            </>
          )}
        </Field>
        <Field label="Description" optional error={errorOf('description')}>
          {(ids) => (
            <Input {...ids} value={component.description} maxLength={500} onChange={(event) => set({ description: event.target.value })} />
          )}
        </Field>
        <Field label="Name in addresses" optional hint="For badges and the JSON; made from the name when empty." error={errorOf('slug')}>
          {(ids) => (
            <Input
              {...ids}
              value={component.slug}
              maxLength={63}
              spellCheck={false}
              onChange={(event) => set({ slug: event.target.value })}
            />
          )}
        </Field>
        <div className="sm:col-span-2 xl:col-span-1 2xl:col-span-2">
          <PublishingField
            inherit
            label="An incident appears"
            value={component.publishing}
            error={errorOf('publishing')}
            onChange={(publishing) => set({ publishing })}
          />
        </div>
      </div>
    </details>
  );
}
