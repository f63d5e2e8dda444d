'use client';
import type { ApiKey, CreatedApiKey, Page } from '@rollcall/contracts';
import { API_KEY_SCOPES } from '@rollcall/core';
import { Button, Callout, Card, CardHeader, Chip, CodeBlock, Confirm, Empty, Field, Input, Modal, plainText, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, KeyRound } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';

const PATH = '/api-keys?limit=200';
const SCOPE_MEANING = {
  read: 'Read everything',
  write: 'Read and change endpoints, incidents and channels',
  admin: 'Everything, keys and members included',
} as const;

export function ApiKeys({ initial, canManage }: { initial: Page<ApiKey>; canManage: boolean }) {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const { data: keys = initial } = useLive<Page<ApiKey>>(PATH, initial, { everyMs: 30_000 });
  const active = keys.data.filter((key) => key.revokedAt === null);
  const revoke = async (key: ApiKey) => {
    try {
      await api(`/api-keys/${key.id}`, { method: 'DELETE' });
      await queries.invalidateQueries({ queryKey: [PATH] });
      toast.success(`${plainText(key.name, 60)} no longer works.`);
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <Card aria-labelledby="keys-heading">
      <CardHeader
        id="keys-heading"
        title="API keys"
        hint="for scripts and agents"
        actions={
          canManage ? (
            <Button size="sm" onClick={() => setAdding(true)}>
              New key
            </Button>
          ) : undefined
        }
      />
      {active.length === 0 ? (
        <Empty icon={<KeyRound aria-hidden className="size-5" />} title="No key yet" />
      ) : (
        <ul className="divide-y">
          {active.map((key) => (
            <li key={key.id} className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
              <div className="min-w-0 flex-1 basis-52">
                <p className="foreign truncate font-medium">{plainText(key.name, 100)}</p>
                <p className="text-faint text-xs">
                  <code className="font-mono">{key.prefix}…</code> · made <Time at={key.createdAt} /> ·{' '}
                  {key.lastUsedAt === null ? (
                    'never used'
                  ) : (
                    <>
                      used <Time at={key.lastUsedAt} />
                    </>
                  )}
                </p>
              </div>
              <span className="flex gap-1">
                {key.scopes.map((scope) => (
                  <Chip key={scope}>{scope}</Chip>
                ))}
              </span>
              {canManage ? (
                <Confirm
                  trigger={<Button size="sm">Revoke</Button>}
                  title={`Revoke ${plainText(key.name, 80)}?`}
                  description="Whatever uses this key is refused from now on."
                  action="Revoke"
                  onConfirm={() => revoke(key)}
                />
              ) : null}
            </li>
          ))}
        </ul>
      )}
      <NewKey open={adding} onOpenChange={setAdding} />
    </Card>
  );
}

function NewKey({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);
  const close = () => {
    onOpenChange(false);
    setMade(null);
    setError(null);
  };
  const create = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const highest = API_KEY_SCOPES.map(String).indexOf(String(form.get('scope')));
    setBusy(true);
    setError(null);
    try {
      setMade(
        await api<CreatedApiKey>('/api-keys', {
          method: 'POST',
          body: { name: String(form.get('name')).trim(), scopes: API_KEY_SCOPES.slice(0, highest + 1) },
        }),
      );
      await queries.invalidateQueries({ queryKey: [PATH] });
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal
      open={open}
      onOpenChange={(next) => (next ? onOpenChange(true) : close())}
      title={made === null ? 'New API key' : 'Keep this key'}
    >
      {made === null ? (
        <form onSubmit={create} className="flex flex-col gap-4">
          <Field label="Name" hint="What uses it.">
            {(ids) => <Input {...ids} name="name" required maxLength={200} />}
          </Field>
          <Field label="May">
            {(ids) => (
              <Select {...ids} name="scope" defaultValue="read">
                {API_KEY_SCOPES.map((scope) => (
                  <option key={scope} value={scope}>
                    {SCOPE_MEANING[scope]}
                  </option>
                ))}
              </Select>
            )}
          </Field>
          {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
          <Button type="submit" variant="primary" busy={busy}>
            Make the key
          </Button>
        </form>
      ) : (
        <div className="flex flex-col gap-4">
          <p className="text-sm">It is shown this one time; only its hash is stored.</p>
          <CodeBlock wrap label="API key" code={made.key} />
          <Button variant="primary" onClick={close}>
            I have stored it
          </Button>
        </div>
      )}
    </Modal>
  );
}
