'use client';
import type { CreateMaintenance, Maintenance } from '@rollcall/contracts';
import { Button, Callout, Field, Input, Select, Textarea } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { useZone } from '#web/components/clock.tsx';
import { SaveConflict } from '#web/components/save-conflict.tsx';
import { ScopeFields } from '#web/components/scope-fields.tsx';
import { Weekdays } from '#web/components/weekdays.tsx';
import { ZoneSelect } from '#web/components/zone-select.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { changedMembers } from '#web/lib/changed.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useGuardedSave } from '#web/lib/use-guarded-save.ts';
import { fromWall, toWall } from '#web/lib/wall-time.ts';

const HOUR_MS = 3_600_000;

interface Draft {
  name: string;
  description: string;
  zone: string;
  startsAt: string;
  endsAt: string;
  every: '' | 'day' | 'week';
  weekdays: number[];
  until: string;
  endpoints: string[];
  tags: string[];
}

function draftOf(window: Maintenance | null, ownZone: string): Draft {
  if (window === null) {
    const start = new Date(Math.ceil(Date.now() / HOUR_MS) * HOUR_MS).toISOString();
    const end = new Date(Date.parse(start) + HOUR_MS).toISOString();
    return {
      name: '',
      description: '',
      zone: ownZone,
      startsAt: toWall(start, ownZone),
      endsAt: toWall(end, ownZone),
      every: '',
      weekdays: [],
      until: '',
      endpoints: [],
      tags: [],
    };
  }
  const zone = window.recurrence?.timeZone ?? ownZone;
  return {
    name: window.name,
    description: window.description,
    zone,
    startsAt: toWall(window.startsAt, zone),
    endsAt: toWall(window.endsAt, zone),
    every: window.recurrence?.every ?? '',
    weekdays: window.recurrence?.weekdays ?? [],
    until: window.recurrence?.until == null ? '' : toWall(window.recurrence.until, zone).slice(0, 10),
    endpoints: window.endpoints,
    tags: window.tags,
  };
}

function bodyOf(draft: Draft): CreateMaintenance {
  const { name, description, zone, endpoints, tags } = draft;
  return {
    name,
    description,
    startsAt: fromWall(draft.startsAt, zone) ?? '',
    endsAt: fromWall(draft.endsAt, zone) ?? '',
    recurrence:
      draft.every === ''
        ? null
        : {
            every: draft.every,
            ...(draft.every === 'week' && draft.weekdays.length > 0 ? { weekdays: draft.weekdays } : {}),
            timeZone: zone,
            until: draft.until === '' ? null : fromWall(`${draft.until}T23:59`, zone),
          },
    endpoints,
    tags,
  };
}

const EDITED = ['name', 'description', 'startsAt', 'endsAt', 'recurrence', 'endpoints', 'tags'] as const;

/** Announces work. */
export function NewWindow({ onDone }: { onDone: (saved: Maintenance) => unknown }) {
  return <WindowForm window={null} save={async (body) => void onDone(await api.post('/maintenance-windows', { body }))} />;
}

/** Changes what was announced. */
export function ChangeWindow({ window, onDone }: { window: Maintenance; onDone: (saved: Maintenance) => unknown }) {
  const [known, setKnown] = useState(window);
  const guard = useGuardedSave<Maintenance, Partial<CreateMaintenance>>({
    read: () => api.request('get', '/maintenance-windows/{id}', { path: { id: window.id } }),
    write: (body, ifMatch) => api.patch('/maintenance-windows/{id}', { path: { id: window.id }, body, ifMatch }),
    target: window.id,
    known,
    members: EDITED,
    onSaved: onDone,
  });
  return (
    <>
      <SaveConflict guard={guard} onReload={setKnown} />
      <WindowForm
        key={JSON.stringify(EDITED.map((name) => known[name]))}
        window={known}
        save={async (body) => {
          const change = changedMembers(body, known);
          if (Object.keys(change).length === 0) onDone(known);
          else await guard.save(change);
        }}
      />
    </>
  );
}

function WindowForm({ window, save: store }: { window: Maintenance | null; save: (body: CreateMaintenance) => Promise<void> }) {
  const ownZone = useZone();
  const [draft, setDraft] = useState(() => draftOf(window, ownZone));
  const [error, setError] = useState<ApiError | null>(null);
  const { busy, run } = useAction<'save'>((failure) => {
    if (failure instanceof ApiError && failure.status < 500) setError(failure);
    else toast.error(messageOf(failure));
  });
  const set = (change: Partial<Draft>) => setDraft((before) => ({ ...before, ...change }));
  const save = (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    return run('save', () => store(bodyOf(draft)));
  };
  const everything = draft.endpoints.length === 0 && draft.tags.length === 0;
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Field label="Name" hint="Readers of a status page see it." error={error?.fieldError('name')}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={200}
            placeholder="Database upgrade"
            value={draft.name}
            onChange={(event) => set({ name: event.target.value })}
          />
        )}
      </Field>
      <Field label="Description" optional error={error?.fieldError('description')}>
        {(ids) => (
          <Textarea
            {...ids}
            rows={2}
            maxLength={10_000}
            value={draft.description}
            onChange={(event) => set({ description: event.target.value })}
          />
        )}
      </Field>
      <ZoneSelect
        value={draft.zone}
        error={error?.fieldError('recurrence/timeZone')}
        hint="The times below are those of its clocks."
        onChange={(zone) => set({ zone })}
      />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Starts" error={error?.fieldError('startsAt')}>
          {(ids) => (
            <Input
              {...ids}
              type="datetime-local"
              required
              value={draft.startsAt}
              onChange={(event) => set({ startsAt: event.target.value })}
            />
          )}
        </Field>
        <Field label="Ends" error={error?.fieldError('endsAt')}>
          {(ids) => (
            <Input
              {...ids}
              type="datetime-local"
              required
              min={draft.startsAt}
              value={draft.endsAt}
              onChange={(event) => set({ endsAt: event.target.value })}
            />
          )}
        </Field>
        <Field label="Comes back" error={error?.fieldError('recurrence/every')}>
          {(ids) => (
            <Select
              {...ids}
              value={draft.every}
              onChange={(event) => set({ every: event.target.value as Draft['every'] })}
              className="w-full"
            >
              <option value="">No, it happens once</option>
              <option value="day">Every day</option>
              <option value="week">Every week</option>
            </Select>
          )}
        </Field>
        {draft.every === '' ? null : (
          <Field label="Last day" optional error={error?.fieldError('recurrence/until')}>
            {(ids) => <Input {...ids} type="date" value={draft.until} onChange={(event) => set({ until: event.target.value })} />}
          </Field>
        )}
      </div>
      {draft.every === 'week' ? (
        <Weekdays legend="On (none chosen: the day it starts)" value={draft.weekdays} onChange={(weekdays) => set({ weekdays })} />
      ) : null}
      <ScopeFields
        value={{ endpoints: draft.endpoints, tags: draft.tags }}
        tagHint="Every endpoint that has one of them, also those added later."
        errors={{ endpoints: error?.fieldError('endpoints'), tags: error?.fieldError('tags') }}
        onChange={set}
      />
      {everything ? <p className="text-muted text-sm">Without endpoints and tags it covers every endpoint of the organization.</p> : null}
      {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />}
      <Button type="submit" variant="primary" busy={busy === 'save'}>
        {window === null ? 'Announce it' : 'Save'}
      </Button>
    </form>
  );
}
