'use client';
import type { IncidentDetail } from '@rollcall/contracts';
import { Button, Card, CardHeader, plainText, Textarea } from '@rollcall/ui';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';

const OUTLINE = 'What happened\n\nWho was affected, for how long\n\nWhy\n\nWhat we change';

/** What people make of it afterwards. For the organization: the public reads reports. */
export function Postmortem({ incident }: { incident: IncidentDetail }) {
  const { postmortem } = incident;
  const [text, setText] = useState<string | null>(null);
  const { busy, run } = useAction<'save'>();
  const save = async (event: FormEvent) => {
    event.preventDefault();
    const body = { postmortem: text === null || text.trim() === '' ? null : text };
    if (!(await run('save', () => api.patch('/incidents/{id}', { path: { id: incident.id }, body })))) return;
    setText(null);
    toast.success('The postmortem is saved.');
  };
  return (
    <Card aria-labelledby="postmortem-heading">
      <CardHeader
        id="postmortem-heading"
        title="Postmortem"
        hint="for your organization only"
        actions={
          text === null ? (
            <Button size="sm" onClick={() => setText(postmortem?.text ?? '')}>
              {postmortem === null ? 'Write it' : 'Edit'}
              <span className="sr-only"> the postmortem</span>
            </Button>
          ) : undefined
        }
      />
      {text !== null ? (
        <form onSubmit={save} className="flex flex-col gap-2 p-4">
          <Textarea
            aria-label="Postmortem"
            rows={12}
            maxLength={50_000}
            placeholder={OUTLINE}
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
          <div className="flex justify-end gap-2">
            <Button size="sm" onClick={() => setText(null)}>
              Cancel
            </Button>
            <Button type="submit" size="sm" variant="primary" busy={busy !== null}>
              Save the postmortem
            </Button>
          </div>
        </form>
      ) : postmortem === null ? (
        <p className="px-4 py-4 text-muted text-sm">
          {incident.status === 'open'
            ? 'When it is over: what happened, why, and what changes.'
            : 'Nothing is written yet: what happened, why, and what changes.'}
        </p>
      ) : (
        <div className="px-4 py-4">
          <p className="foreign max-w-prose whitespace-pre-wrap text-sm">{plainText(postmortem.text, 50_000)}</p>
          <p className="mt-3 text-faint text-xs">
            {postmortem.by === null ? 'Written ' : `${plainText(postmortem.by, 80)}, `}
            <Time at={postmortem.at} as="short" />
          </p>
        </div>
      )}
    </Card>
  );
}
