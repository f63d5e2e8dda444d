'use client';
import type { CreatedApiKey } from '@rollcall/contracts';
import { API_KEY_SCOPES } from '@rollcall/core';
import { Button, Callout, Field, Input, Modal, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { KeyOnce } from './key-once.tsx';
import { KEYS_PATH } from './keys-path.ts';

const SCOPE_MEANING = {
  read: 'Read everything',
  write: 'Read and change endpoints, incidents and channels',
  admin: 'Everything, keys and members included',
} as const;

const LIVES = [
  { days: '', label: 'Never' },
  { days: '30', label: 'In 30 days' },
  { days: '90', label: 'In 90 days' },
  { days: '365', label: 'In a year' },
];

export function NewKey({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
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
    const days = Number(form.get('days'));
    const body = {
      name: String(form.get('name')).trim(),
      scopes: API_KEY_SCOPES.slice(0, highest + 1),
      ...(days === 0 ? {} : { expiresAt: new Date(Date.now() + days * 86_400_000).toISOString() }),
    };
    setBusy(true);
    setError(null);
    try {
      setMade(await api.post('/api-keys', { body }));
      await queries.invalidateQueries({ queryKey: [KEYS_PATH] });
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
            {(ids) => <Input {...ids} name="name" required maxLength={200} autoFocus />}
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
          <Field label="Expires">
            {(ids) => (
              <Select {...ids} name="days" defaultValue="">
                {LIVES.map(({ days, label }) => (
                  <option key={days} value={days}>
                    {label}
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
        <KeyOnce secret={made.key} onStored={close} />
      )}
    </Modal>
  );
}
