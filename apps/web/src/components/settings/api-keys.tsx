'use client';
import type { ApiKey, Page } from '@rollcall/contracts';
import { Button, Card, CardHeader, Chip, Confirm, Empty, plainText } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Time, useNow } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { KEYS_PATH } from './keys-path.ts';
import { NewKey } from './new-key.tsx';
import { RotateKey } from './rotate-key.tsx';

export function ApiKeys({ initial, canManage }: { initial: Page<ApiKey>; canManage: boolean }) {
  const queries = useQueryClient();
  const [adding, setAdding] = useState(false);
  const [rotating, setRotating] = useState<ApiKey | null>(null);
  const { data: keys = initial } = useLive(KEYS_PATH, initial, { everyMs: 30_000 });
  const active = keys.data.filter((key) => key.revokedAt === null);
  const revoke = async (key: ApiKey) => {
    try {
      await api.delete('/api-keys/{id}', { path: { id: key.id } });
      await queries.invalidateQueries({ queryKey: [KEYS_PATH] });
      toast.success(`${plainText(key.name, 60)} no longer works.`);
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <Card aria-labelledby="keys-heading">
      <CardHeader
        id="keys-heading"
        title="Keys"
        {...(canManage ? {} : { hint: 'owners and admins manage them' })}
        actions={
          canManage ? (
            <Button size="sm" onClick={() => setAdding(true)}>
              New key
            </Button>
          ) : undefined
        }
      />
      {active.length === 0 ? (
        <Empty icon={<KeyRound aria-hidden className="size-5" />} title="No key yet">
          A key lets a program do by the API what you do here.
        </Empty>
      ) : (
        <ul className="divide-y">
          {active.map((key) => (
            <KeyRow
              key={key.id}
              apiKey={key}
              {...(canManage ? { onRotate: () => setRotating(key), onRevoke: () => void revoke(key) } : {})}
            />
          ))}
        </ul>
      )}
      <NewKey open={adding} onOpenChange={setAdding} />
      <RotateKey apiKey={rotating} onClose={() => setRotating(null)} />
    </Card>
  );
}

function KeyRow({ apiKey: key, onRotate, onRevoke }: { apiKey: ApiKey; onRotate?: () => void; onRevoke?: () => void }) {
  const name = plainText(key.name, 100);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-60">
        <p className="foreign flex flex-wrap items-center gap-2 font-medium">
          {name}
          <span className="flex gap-1">
            {key.scopes.map((scope) => (
              <Chip key={scope}>{scope}</Chip>
            ))}
          </span>
        </p>
        <p className="text-faint text-xs">
          <code className="font-mono">{key.prefix}…</code> · made <Time at={key.createdAt} /> ·{' '}
          {key.lastUsedAt === null ? (
            'never used'
          ) : (
            <>
              used <Time at={key.lastUsedAt} />
            </>
          )}
          <Ends apiKey={key} />
        </p>
      </div>
      {onRotate === undefined || onRevoke === undefined ? null : (
        <span className="flex gap-2">
          {key.replacedBy === null ? (
            <Button size="sm" onClick={onRotate} aria-label={`Rotate ${name}`}>
              Rotate
            </Button>
          ) : null}
          <Confirm
            trigger={
              <Button size="sm" aria-label={`Revoke ${name}`}>
                Revoke
              </Button>
            }
            title={`Revoke ${plainText(key.name, 80)}?`}
            description="Whatever uses this key is refused from now on."
            action="Revoke"
            onConfirm={onRevoke}
          />
        </span>
      )}
    </li>
  );
}

/** When the key stops working, when that is known. */
function Ends({ apiKey: { expiresAt, replacedBy } }: { apiKey: ApiKey }) {
  const nowMs = useNow();
  if (expiresAt === null) return ' · does not expire';
  const over = Date.parse(expiresAt) <= nowMs;
  const why = replacedBy === null ? '' : 'rotated, ';
  return (
    <>
      {' '}
      ·{' '}
      <span className={over || replacedBy !== null ? 'text-degraded' : undefined}>
        {why}
        {over ? 'expired' : 'works until'} <Time at={expiresAt} as={over ? 'relative' : 'short'} />
      </span>
    </>
  );
}
