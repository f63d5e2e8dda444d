'use client';
import type { Endpoint, UpdateEndpoint } from '@rollcall/contracts';
import { Button, Callout, Field, Input, Textarea } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { toast } from 'sonner';
import { SaveConflict } from '#web/components/save-conflict.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { useGuardedSave } from '#web/lib/use-guarded-save.ts';
import { AuthFields, MainFields, WireFields } from '../endpoint-fields.tsx';
import { DeleteEndpoint } from './delete-endpoint.tsx';
import { Expectations, ToolCall } from './expectations.tsx';
import { Confirmation, DriftFields, Overrides } from './policy-fields.tsx';
import { FormError, readSettings, toLines } from './read-settings.ts';
import { Section } from './section.tsx';

/** What a FormError looks like once it stands beside those of the API. */
function asApiError({ pointer, message }: FormError): ApiError {
  const errors = [{ pointer: `/${pointer}`, message }];
  return new ApiError(400, {
    type: 'about:blank',
    title: 'invalid_request',
    status: 400,
    code: 'invalid_request',
    detail: message,
    errors,
  });
}

const EDITED = [
  'name',
  'url',
  'transport',
  'era',
  'intervalSeconds',
  'timeoutMs',
  'headers',
  'auth',
  'expect',
  'policy',
  'tags',
  'paused',
] as const satisfies readonly (keyof Endpoint)[];

/** The form of what is stored: what others store meanwhile does not take away what is being typed. */
export function EndpointSettings({ endpoint, codes }: { endpoint: Endpoint; codes: string[] }) {
  const [known, setKnown] = useState(endpoint);
  return <SettingsForm key={known.updatedAt} endpoint={known} codes={codes} onKnown={setKnown} />;
}

/** Everything that an endpoint can be told, in one form. Only what was changed is sent. */
function SettingsForm({ endpoint, codes, onKnown }: { endpoint: Endpoint; codes: string[]; onKnown: (endpoint: Endpoint) => void }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const [assertions, setAssertions] = useState(() => toLines(endpoint.expect.call?.assert ?? []));
  const [overrides, setOverrides] = useState(endpoint.policy.overrides ?? []);
  const form = useRef<HTMLFormElement>(null);
  const errorAt = (pointer: string) => error?.fieldError(pointer);
  useEffect(() => {
    if (error !== null) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [error]);

  const guard = useGuardedSave<Endpoint, UpdateEndpoint>({
    read: () => api.request('get', '/endpoints/{id}', { path: { id: endpoint.id } }),
    write: (body, ifMatch) => api.patch('/endpoints/{id}', { path: { id: endpoint.id }, body, ifMatch }),
    target: endpoint.id,
    known: endpoint,
    members: EDITED,
    // The button above the form.
    harmless: ['paused'],
    onSaved: async (saved) => {
      onKnown(saved);
      await queries.invalidateQueries();
      toast.success('Saved.');
      for (const { message } of saved.warnings ?? []) toast.warning(message, { duration: 12_000 });
    },
  });
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    setError(null);
    try {
      const body = readSettings(new FormData(event.currentTarget), endpoint, { assertions, overrides });
      if (Object.keys(body).length === 0) return void toast('Nothing was changed.');
      setBusy(true);
      await guard.save(body);
    } catch (failure) {
      if (failure instanceof FormError) setError(asApiError(failure));
      else if (failure instanceof ApiError) setError(failure);
      else toast.error(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-6">
      <SaveConflict guard={guard} onReload={onKnown} />
      <form ref={form} onSubmit={save} aria-label="Settings" className="flex flex-col gap-4">
        <Section
          title="What is probed"
          lead="Another URL, transport or era makes it another server: its state and its baseline begin anew."
        >
          <Field label="URL" className="sm:col-span-2" error={errorAt('url')}>
            {(ids) => (
              <Input {...ids} name="url" required maxLength={2048} spellCheck={false} className="font-mono" defaultValue={endpoint.url} />
            )}
          </Field>
          <MainFields endpoint={endpoint} error={error} />
          <Field label="Timeout in seconds" hint="For the whole probe." error={errorAt('timeoutMs')}>
            {(ids) => (
              <Input
                {...ids}
                name="timeoutSeconds"
                type="number"
                min={1}
                max={120}
                step="any"
                required
                defaultValue={endpoint.timeoutMs / 1000}
              />
            )}
          </Field>
          <WireFields endpoint={endpoint} error={error} />
        </Section>
        <Section title="Credentials" lead="Stored encrypted and never shown again, not even in transcripts.">
          <div className="sm:col-span-2">
            <AuthFields stored={endpoint.auth.type} error={error} />
          </div>
          <HeaderFields names={Object.keys(endpoint.headers)} error={errorAt('headers')} />
        </Section>
        <Section title="Expectations" lead="What is not met makes the endpoint degraded. An empty field expects nothing.">
          <Expectations expect={endpoint.expect} errorAt={errorAt} />
        </Section>
        <Section title="Tool call" lead="Opt-in: one tool called once by every probe, and what its result must be.">
          <ToolCall call={endpoint.expect.call} lines={assertions} onLines={setAssertions} errorAt={errorAt} />
        </Section>
        <Section title="Confirmation" lead="How sure a change must be, in both directions, before anyone is told.">
          <Confirmation endpoint={endpoint} errorAt={errorAt} />
        </Section>
        <Section title="Changes of the tools" lead="Which changes are told. All of them stand in the history.">
          <DriftFields drift={endpoint.policy.drift} errorAt={errorAt} />
        </Section>
        <Section title="Severity overrides" lead="Raise, lower or mute a code. The finding stays in every report, with your reason.">
          <Overrides overrides={overrides} codes={codes} onChange={setOverrides} errorAt={errorAt} />
        </Section>
        {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} />}
        <div className="sticky bottom-0 z-10 -mx-1 flex border-t bg-canvas px-1 py-3">
          <Button type="submit" variant="primary" busy={busy}>
            Save
          </Button>
        </div>
      </form>
      <DeleteEndpoint endpoint={endpoint} />
    </div>
  );
}

/** Their values never come back, so they are replaced as a whole or left alone. */
function HeaderFields({ names, error }: { names: string[]; error: string | undefined }) {
  const [replacing, setReplacing] = useState(false);
  return (
    <div className="flex flex-col gap-3 sm:col-span-2">
      <label className="flex items-start gap-2 text-sm">
        <input
          type="checkbox"
          name="headersReplace"
          className="mt-1"
          checked={replacing}
          onChange={(event) => setReplacing(event.target.checked)}
        />
        <span>
          {names.length === 0 ? 'Send headers of your own' : 'Replace the headers that are sent'}
          {names.length === 0 ? null : <span className="foreign block font-mono text-muted text-xs">{names.join(', ')}</span>}
        </span>
      </label>
      {replacing ? (
        <Field label="Headers" hint={names.length === 0 ? 'One a line.' : 'One a line. Left empty, none is sent any more.'} error={error}>
          {(ids) => (
            <Textarea
              {...ids}
              name="headers"
              rows={3}
              spellCheck={false}
              autoComplete="off"
              className="font-mono"
              placeholder="X-Api-Key: …"
            />
          )}
        </Field>
      ) : error === undefined ? null : (
        <p role="alert" className="text-danger text-xs">
          Headers: {error}
        </p>
      )}
    </div>
  );
}
