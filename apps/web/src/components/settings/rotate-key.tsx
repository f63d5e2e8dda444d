'use client';
import type { ApiKey, CreatedApiKey } from '@rollcall/contracts';
import { Field, Modal, plainText, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { Ask } from './ask.tsx';
import { KeyOnce } from './key-once.tsx';
import { KEYS_PATH } from './keys-path.ts';

const OVERLAPS = [
  { seconds: 0, label: 'Not at all: it ends now' },
  { seconds: 3600, label: 'One hour' },
  { seconds: 86_400, label: 'One day' },
  { seconds: 7 * 86_400, label: 'One week' },
  { seconds: 30 * 86_400, label: '30 days' },
];

/** Makes the next key with the same name and scopes; the former works on for as long as its users need to change. */
export function RotateKey({ apiKey, onClose }: { apiKey: ApiKey | null; onClose: () => void }) {
  const queries = useQueryClient();
  const [made, setMade] = useState<CreatedApiKey | null>(null);
  const rotate = async (form: FormData) => {
    if (apiKey === null) return null;
    try {
      const body = { overlapSeconds: Number(form.get('overlap')) };
      setMade(await api.post('/api-keys/{id}/rotate', { path: { id: apiKey.id }, body }));
      await queries.invalidateQueries({ queryKey: [KEYS_PATH] });
      return null;
    } catch (error) {
      return messageOf(error);
    }
  };
  return (
    <>
      <Ask
        open={apiKey !== null}
        onOpenChange={(open) => (open ? undefined : onClose())}
        title={`Rotate ${plainText(apiKey?.name ?? '', 80)}?`}
        description="Makes a new key with the same name and scopes."
        action="Make the new key"
        onSubmit={rotate}
      >
        <Field label="The former key works on for">
          {(ids) => (
            <Select {...ids} name="overlap" defaultValue="86400">
              {OVERLAPS.map(({ seconds, label }) => (
                <option key={seconds} value={seconds}>
                  {label}
                </option>
              ))}
            </Select>
          )}
        </Field>
      </Ask>
      <Modal open={made !== null} onOpenChange={(open) => (open ? undefined : setMade(null))} title="Keep this key">
        {made === null ? null : <KeyOnce secret={made.key} onStored={() => setMade(null)} />}
      </Modal>
    </>
  );
}
