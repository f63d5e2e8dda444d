'use client';
import { Button, Confirm, formatCount, Input, Modal, plural } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Pause, Play, Tag, Trash2, X, Zap } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { messageOf } from '#web/lib/api-error.ts';
import { type BulkAct, collect, inverseOf, runBulk } from '#web/lib/bulk.ts';
import { toastWithUndo } from '#web/lib/toast-with-undo.ts';
import type { Chosen, Selection } from './use-selection.ts';

const DONE: Record<BulkAct['do'], string> = {
  pause: 'paused',
  resume: 'probed again',
  check: 'probed within a minute',
  tag: 'tagged',
  untag: 'no longer tagged so',
  delete: 'deleted',
};

/** What can be done with all that is ticked. Long work tells how far it is. */
export function BulkBar({ selection, more }: { selection: Selection; more: boolean }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState(false);
  const [tagging, setTagging] = useState(false);

  const act = async (what: BulkAct, items: readonly Chosen[] | null) => {
    setBusy(true);
    const id = toast.loading('Working…', { duration: Number.POSITIVE_INFINITY });
    try {
      const all = items ?? (await collect(selection.path, (count) => toast.loading(`Found ${formatCount(count)}`, { id })));
      const { done, failed, message } = await runBulk(what, all, (count) =>
        toast.loading(`${formatCount(count)} of ${formatCount(all.length)}`, { id }),
      );
      selection.clear();
      await queries.invalidateQueries();
      const back = inverseOf(what, all, done);
      const text = `${plural(done.length, 'endpoint')} ${DONE[what.do]}.`;
      const told = failed === 0 ? text : `${text} ${plural(failed, 'failure')}: ${message ?? 'no reason given'}`;
      const tone = failed === 0 ? 'success' : 'warning';
      if (back === null) toast[tone](told, { id, duration: 8000, action: undefined });
      else toastWithUndo(told, () => act(back.what, back.items), { id, tone });
    } catch (error) {
      toast.error(messageOf(error), { id, duration: 8000 });
      await queries.invalidateQueries();
    } finally {
      setBusy(false);
    }
  };
  const run = (what: BulkAct) => void act(what, selection.all ? null : selection.chosen);

  if (selection.ids.size === 0) return null;
  const count = selection.all ? 'All that match' : `${formatCount(selection.ids.size)} selected`;
  return (
    <section
      aria-label="Selected endpoints"
      className="sticky bottom-3 z-20 flex flex-wrap items-center gap-2 rounded-card bg-surface px-3 py-2.5 text-sm shadow-pop"
    >
      <span aria-live="polite" className="mr-1 font-medium tabular-nums">
        {count}
      </span>
      {more && !selection.all ? (
        <Button size="sm" variant="ghost" onClick={selection.chooseAll}>
          Select all that match
        </Button>
      ) : null}
      <span className="flex flex-1 flex-wrap items-center gap-2 sm:justify-end">
        <Button size="sm" disabled={busy} onClick={() => run({ do: 'check' })}>
          <Zap aria-hidden className="size-3.5" />
          Check now
        </Button>
        <Button size="sm" disabled={busy} onClick={() => run({ do: 'pause' })}>
          <Pause aria-hidden className="size-3.5" />
          Pause
        </Button>
        <Button size="sm" disabled={busy} onClick={() => run({ do: 'resume' })}>
          <Play aria-hidden className="size-3.5" />
          Resume
        </Button>
        <Button size="sm" disabled={busy} onClick={() => setTagging(true)}>
          <Tag aria-hidden className="size-3.5" />
          Tag
        </Button>
        <Confirm
          trigger={
            <Button size="sm" variant="danger" disabled={busy}>
              <Trash2 aria-hidden className="size-3.5" />
              Delete
            </Button>
          }
          title={selection.all ? 'Delete every endpoint that matches?' : `Delete ${plural(selection.ids.size, 'endpoint')}?`}
          description="Their probes, incidents and history are deleted. This cannot be undone."
          action="Delete"
          onConfirm={() => run({ do: 'delete' })}
        />
        <Button size="sm" variant="ghost" aria-label="Clear the selection" onClick={selection.clear}>
          <X aria-hidden className="size-3.5" />
        </Button>
      </span>
      <TagDialog
        open={tagging}
        onOpenChange={setTagging}
        onTag={(what) => {
          setTagging(false);
          run(what);
        }}
      />
    </section>
  );
}

interface TagDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onTag: (act: BulkAct) => void;
}

function TagDialog({ open, onOpenChange, onTag }: TagDialogProps) {
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const tag = String(new FormData(event.currentTarget).get('tag')).trim();
    const { submitter } = event.nativeEvent as SubmitEvent;
    onTag({ do: submitter?.getAttribute('value') === 'untag' ? 'untag' : 'tag', tag });
  };
  return (
    <Modal open={open} onOpenChange={onOpenChange} title="Tag" description="Routes, status pages and filters use tags.">
      <form onSubmit={submit} className="flex flex-wrap gap-2">
        <Input
          name="tag"
          aria-label="Tag"
          required
          maxLength={64}
          pattern="[\w.:\/\-]+"
          title="Letters, digits and _ . : / -"
          autoFocus
          placeholder="team:payments"
          className="flex-1 basis-48"
        />
        <Button type="submit" variant="primary" className="h-9">
          Add
        </Button>
        <Button type="submit" value="untag" className="h-9">
          Remove
        </Button>
      </form>
    </Modal>
  );
}
