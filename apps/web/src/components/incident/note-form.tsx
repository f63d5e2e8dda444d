'use client';
import { Button, Textarea } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';

export function NoteForm({ incidentId }: { incidentId: string }) {
  const queries = useQueryClient();
  const [text, setText] = useState('');
  const [busy, setBusy] = useState(false);
  const add = async (event: FormEvent) => {
    event.preventDefault();
    setBusy(true);
    try {
      await api.post('/incidents/{id}/notes', { path: { id: incidentId }, body: { text } });
      setText('');
      await queries.invalidateQueries();
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <form onSubmit={add} className="flex flex-col items-end gap-2 border-t p-4">
      <Textarea
        aria-label="Note"
        placeholder="What you found, what you did"
        rows={2}
        maxLength={10_000}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit" size="sm" busy={busy} disabled={text.trim() === ''}>
        Add note
      </Button>
    </form>
  );
}
