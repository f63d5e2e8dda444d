'use client';
import { Button, Callout, Field, Input, Modal } from '@rollcall/ui';
import { CircleAlert } from 'lucide-react';
import { type FormEvent, type ReactNode, useState } from 'react';

/**
 * Asks before something grave, for the password or a word to type when that is called for. `onSubmit` answers with what
 * went wrong, or null: then the panel closes.
 */
export function Ask({
  open,
  onOpenChange,
  title,
  description,
  action,
  danger = false,
  password = false,
  word,
  children,
  onSubmit,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  action: string;
  danger?: boolean;
  password?: boolean;
  /** What has to be typed. */
  word?: string;
  children?: ReactNode;
  onSubmit: (form: FormData) => Promise<string | null>;
}) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = (next: boolean) => {
    setError(null);
    onOpenChange(next);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    if (word !== undefined && form.get('word') !== word) return setError(`Type ${word} exactly.`);
    setBusy(true);
    setError(null);
    const refusal = await onSubmit(form);
    setBusy(false);
    setError(refusal);
    if (refusal === null) onOpenChange(false);
  };
  return (
    <Modal open={open} onOpenChange={change} title={title} {...(description === undefined ? {} : { description })}>
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        {children}
        {word === undefined ? null : (
          <Field label={`Type ${word} to go on`}>{(ids) => <Input {...ids} name="word" autoComplete="off" required />}</Field>
        )}
        {password ? (
          <Field label="Your password">
            {(ids) => <Input {...ids} name="password" type="password" autoComplete="current-password" required maxLength={128} />}
          </Field>
        ) : null}
        {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
        <div className="flex justify-end gap-2">
          <Button onClick={() => change(false)}>Cancel</Button>
          <Button type="submit" variant={danger ? 'danger' : 'primary'} busy={busy}>
            {action}
          </Button>
        </div>
      </form>
    </Modal>
  );
}
