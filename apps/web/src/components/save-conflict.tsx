'use client';
import { Button, Modal, plainText } from '@rollcall/ui';
import { useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { messageOf } from '#web/lib/api-error.ts';
import type { Conflict, useGuardedSave } from '#web/lib/use-guarded-save.ts';

const MAX_SHOWN = 12;

/** Somebody else saved it meanwhile: who, what, and whose version stays. */
export function SaveConflict<T extends object, B extends object>({
  guard,
  onReload,
}: {
  guard: ReturnType<typeof useGuardedSave<T, B>>;
  /** Fills the form from theirs; what was typed is lost. */
  onReload: (theirs: T) => unknown;
}) {
  const { conflict, close, overwrite } = guard;
  const [busy, setBusy] = useState(false);
  if (conflict === null) return null;
  const replace = async () => {
    setBusy(true);
    await overwrite().catch((error: unknown) => {
      close();
      toast.error(messageOf(error));
    });
    setBusy(false);
  };
  return (
    <Modal open onOpenChange={close} title="It was changed meanwhile" description="Nothing of yours is saved yet.">
      <div className="flex flex-col gap-4 text-sm">
        <p className="foreign">
          {conflict.by === null ? 'Somebody' : plainText(conflict.by.actor, 120)} saved it
          {conflict.by === null ? '' : ' '}
          {conflict.by === null ? null : <Time at={conflict.by.at} />} while you had it open.
        </p>
        <Differences conflict={conflict} />
        <p className="text-muted text-xs">
          Yours changes {Object.keys(conflict.body).map(inWords).join(', ')}; saving it replaces that and leaves the rest as they made it.
        </p>
        <div className="flex flex-wrap justify-end gap-2">
          <Button onClick={close}>Go on editing</Button>
          <Button
            onClick={() => {
              close();
              onReload(conflict.theirs);
            }}
          >
            Reload, discard mine
          </Button>
          <Button variant="primary" busy={busy} onClick={replace}>
            Save mine over it
          </Button>
        </div>
      </div>
    </Modal>
  );
}

/** "interval seconds" of `intervalSeconds`. */
const inWords = (name: string) => name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);

function Differences({ conflict: { differences, body } }: { conflict: Pick<Conflict<object, object>, 'differences' | 'body'> }) {
  if (differences.length === 0) return <p className="text-muted">What changed is never shown: a secret or a credential.</p>;
  const isMineToo = (path: string) => (path.split(/[.[]/, 1)[0] ?? path) in body;
  return (
    <div className="max-h-64 overflow-y-auto rounded-control border">
      <table className="w-full text-left text-xs">
        <caption className="sr-only">What they changed</caption>
        <thead className="bg-sunken text-faint">
          <tr>
            {['Setting', 'Was', 'Is now'].map((name) => (
              <th key={name} scope="col" className="px-3 py-1.5 font-medium">
                {name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="divide-y">
          {differences.slice(0, MAX_SHOWN).map(({ path, before, after }) => (
            <tr key={path} className="align-top">
              <th scope="row" className="foreign px-3 py-1.5 font-medium">
                {plainText(path, 80)}
                {isMineToo(path) ? <span className="block font-normal text-degraded">you, too</span> : null}
              </th>
              <td className="foreign px-3 py-1.5 text-muted">{before === null ? '–' : plainText(before, 160)}</td>
              <td className="foreign px-3 py-1.5">{after === null ? '–' : plainText(after, 160)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {differences.length > MAX_SHOWN ? (
        <p className="border-t px-3 py-1.5 text-muted text-xs">and {differences.length - MAX_SHOWN} more</p>
      ) : null}
    </div>
  );
}
