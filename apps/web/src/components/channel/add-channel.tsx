'use client';
import type { Channel } from '@rollcall/contracts';
import { CHANNEL_TYPES, type ChannelType, EVENT_TYPES } from '@rollcall/core';
import { Button, Callout, CodeBlock, Field, Input, Modal, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { CHANNEL_FORMS, readConfig, readRoutes } from './channel-types.ts';

const CHOOSABLE_EVENTS = EVENT_TYPES.filter((type) => type !== 'test');

export function AddChannel({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const [secret, setSecret] = useState<string | null>(null);
  const close = () => {
    onOpenChange(false);
    setSecret(null);
  };
  return (
    <Modal
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={secret === null ? 'Add a channel' : 'Keep this secret'}
    >
      {secret === null ? (
        <ChannelFormBody onSaved={(made) => (made.secret === undefined ? close() : setSecret(made.secret))} />
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-sm">The receiver verifies every message with this signing secret. It is shown this one time.</p>
          <CodeBlock wrap label="Signing secret" code={secret} />
          <Button variant="primary" onClick={close}>
            I have stored it
          </Button>
        </div>
      )}
    </Modal>
  );
}

function ChannelFormBody({ onSaved }: { onSaved: (made: Channel & { secret?: string | undefined }) => void }) {
  const queries = useQueryClient();
  const [type, setType] = useState<ChannelType>('email');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      const body = { type, name: String(form.get('name')).trim(), config: readConfig(type, form), routes: readRoutes(form) };
      const made = await api.post('/channels', { body });
      await queries.invalidateQueries();
      toast.success('The channel is saved. Send a test message to be sure.');
      onSaved(made);
    } catch (failure) {
      setBusy(false);
      if (failure instanceof ApiError) setError(failure);
      else toast.error(messageOf(failure));
    }
  };
  return (
    <form onSubmit={save} className="flex flex-col gap-4">
      <Field label="Type">
        {(ids) => (
          <Select
            {...ids}
            value={type}
            onChange={(event) => setType(CHANNEL_TYPES.find((known) => known === event.target.value) ?? 'email')}
          >
            {CHANNEL_TYPES.map((known) => (
              <option key={known} value={known}>
                {CHANNEL_FORMS[known].label}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Name" error={error?.fieldError('name')}>
        {(ids) => <Input {...ids} name="name" required maxLength={200} placeholder="On-call" />}
      </Field>
      {CHANNEL_FORMS[type].fields.map((field) => (
        <Field key={`${type}.${field.name}`} label={field.label} optional={field.optional ?? false} hint={field.hint}>
          {(ids) => (
            <Input
              {...ids}
              name={`config.${field.name}`}
              type={field.secret === true ? 'password' : 'text'}
              autoComplete="off"
              spellCheck={false}
              required={field.optional !== true}
              placeholder={field.placeholder}
            />
          )}
        </Field>
      ))}
      <RouteFields />
      {error === null || error.fieldError('name') !== undefined ? null : (
        <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />
      )}
      <Button type="submit" variant="primary" busy={busy}>
        Save
      </Button>
    </form>
  );
}

/** Which notices come here. Left alone, all of them do. */
function RouteFields() {
  return (
    <details>
      <summary className="w-fit text-muted text-sm hover:text-ink">Only some notices</summary>
      <div className="mt-3 flex flex-col gap-4">
        <Field label="Endpoints with all of these tags" optional>
          {(ids) => <Input {...ids} name="tags" placeholder="prod team:payments" />}
        </Field>
        <fieldset>
          <legend className="mb-1.5 font-medium text-sm">
            Events <span className="ml-1 font-normal text-faint">none chosen means all</span>
          </legend>
          <div className="grid gap-1 sm:grid-cols-2">
            {CHOOSABLE_EVENTS.map((type) => (
              <label key={type} className="flex min-h-7 items-center gap-2 text-sm">
                <input type="checkbox" name="events" value={type} className="size-4 accent-primary" />
                {type}
              </label>
            ))}
          </div>
        </fieldset>
      </div>
    </details>
  );
}
