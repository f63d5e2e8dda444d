'use client';
import type { Endpoint, UpdateEndpoint } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, Confirm, Field, Input, plainText, Textarea } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { AuthFields, MainFields, readAuth, readMain, readWire, WireFields } from './endpoint-fields.tsx';

const numberOf = (form: FormData, name: string): number | undefined => {
  const text = String(form.get(name) ?? '').trim();
  return text === '' ? undefined : Number(text);
};

/** The form as the body of a PATCH. Expectations are replaced as a whole, so those without a field are carried over. */
function readUpdate(form: FormData, endpoint: Endpoint): UpdateEndpoint {
  const { latencyMs: _latency, minTools: _min, requiredTools: _required, ...otherExpectations } = endpoint.expect;
  const latencyMs = numberOf(form, 'latencyMs');
  const minTools = numberOf(form, 'minTools');
  const requiredTools = String(form.get('requiredTools') ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const auth = readAuth(form);
  return {
    ...readMain(form),
    ...readWire(form),
    url: String(form.get('url')).trim(),
    timeoutMs: Math.round(Number(form.get('timeoutSeconds')) * 1000),
    expect: {
      ...otherExpectations,
      ...(latencyMs === undefined ? {} : { latencyMs }),
      ...(minTools === undefined ? {} : { minTools }),
      ...(requiredTools.length === 0 ? {} : { requiredTools }),
    },
    ...(auth === undefined ? {} : { auth }),
  };
}

export function EndpointSettings({ endpoint }: { endpoint: Endpoint }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const save = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await api<Endpoint>(`/endpoints/${endpoint.id}`, { method: 'PATCH', body: readUpdate(form, endpoint) });
      await queries.invalidateQueries();
      toast.success('Saved.');
    } catch (failure) {
      if (failure instanceof ApiError) setError(failure);
      else toast.error(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <div className="flex flex-col gap-6">
      <Card aria-labelledby="settings-heading">
        <CardHeader id="settings-heading" title="Settings" />
        <form onSubmit={save} className="grid gap-4 p-4 sm:grid-cols-2 sm:p-5">
          <Field label="URL" className="sm:col-span-2" error={error?.fieldError('url')}>
            {(ids) => (
              <Input {...ids} name="url" required maxLength={2048} spellCheck={false} className="font-mono" defaultValue={endpoint.url} />
            )}
          </Field>
          <MainFields endpoint={endpoint} error={error} />
          <Field label="Timeout in seconds" hint="For the whole probe." error={error?.fieldError('timeoutMs')}>
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
          <div className="sm:col-span-2">
            <AuthFields stored={endpoint.auth.type} error={error} />
          </div>
          <Expectations endpoint={endpoint} error={error} />
          {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={messageOf(error)} className="sm:col-span-2" />}
          <div className="sm:col-span-2">
            <Button type="submit" variant="primary" busy={busy}>
              Save
            </Button>
          </div>
        </form>
      </Card>
      <DangerZone endpoint={endpoint} />
    </div>
  );
}

function Expectations({ endpoint, error }: { endpoint: Endpoint; error: ApiError | null }) {
  return (
    <fieldset className="grid gap-4 border-t pt-4 sm:col-span-2 sm:grid-cols-2">
      <legend className="sr-only">Expectations</legend>
      <Field label="Latency budget in ms" optional hint="Slower than this is degraded." error={error?.fieldError('expect')}>
        {(ids) => <Input {...ids} name="latencyMs" type="number" min={1} max={600_000} defaultValue={endpoint.expect.latencyMs} />}
      </Field>
      <Field label="At least this many tools" optional>
        {(ids) => <Input {...ids} name="minTools" type="number" min={0} max={20_000} defaultValue={endpoint.expect.minTools} />}
      </Field>
      <Field label="Tools that must be there" optional hint="One name a line." className="sm:col-span-2">
        {(ids) => (
          <Textarea
            {...ids}
            name="requiredTools"
            rows={3}
            spellCheck={false}
            className="font-mono"
            defaultValue={endpoint.expect.requiredTools?.join('\n')}
          />
        )}
      </Field>
    </fieldset>
  );
}

function DangerZone({ endpoint }: { endpoint: Endpoint }) {
  const router = useRouter();
  const remove = async () => {
    try {
      await api(`/endpoints/${endpoint.id}`, { method: 'DELETE' });
      toast.success(`${plainText(endpoint.name, 60)} is deleted.`);
      router.push('/endpoints');
      router.refresh();
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <Card aria-label="Delete" className="flex flex-wrap items-center gap-3 p-4 sm:p-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-sm">Delete this endpoint</p>
        <p className="text-muted text-sm">Its history and incidents go with it. To stop probing for a while, pause it.</p>
      </div>
      <Confirm
        trigger={<Button variant="danger">Delete</Button>}
        title={`Delete ${plainText(endpoint.name, 80)}?`}
        description="Probes, incidents and history of this endpoint are deleted. This cannot be undone."
        action="Delete"
        onConfirm={remove}
      />
    </Card>
  );
}
