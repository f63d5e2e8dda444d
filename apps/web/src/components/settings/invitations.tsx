'use client';
import { address } from '@rollcall/client';
import type { Invitation, Page } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, Confirm, Empty, Field, Input, Modal, plainText, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, MailPlus } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { ROLE_LABEL } from './roles.ts';

const PATH = address('/members/invitations', { query: { limit: 200 } });
const ROLES = ['viewer', 'member', 'admin'] as const;

/** Sends or, for an address that has one, sends anew: the link of before stops working. */
async function invite(email: string, role: Invitation['role']): Promise<void> {
  const made = await api.post('/members/invitations', { body: { email, role } });
  if (made.emailSent) toast.success(`The invitation is on its way to ${plainText(made.email, 100)}.`);
  else toast.warning('The invitation is made, but the mail server refused the message. Send it again later.');
}

export function Invitations({ initial }: { initial: Page<Invitation> }) {
  const queries = useQueryClient();
  const [inviting, setInviting] = useState(false);
  const { data: invitations = initial } = useLive(PATH, initial, { everyMs: 30_000 });
  const open = invitations.data.filter(({ status }) => status === 'pending' || status === 'expired');
  const refresh = () => queries.invalidateQueries({ queryKey: [PATH] });
  const attempt = async (work: () => Promise<unknown>) => {
    try {
      await work();
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      await refresh();
    }
  };
  return (
    <Card aria-labelledby="invitations-heading">
      <CardHeader
        id="invitations-heading"
        title="Invitations"
        hint="a link works for seven days"
        actions={
          <Button size="sm" onClick={() => setInviting(true)}>
            Invite
          </Button>
        }
      />
      {open.length === 0 ? (
        <Empty icon={<MailPlus aria-hidden className="size-5" />} title="Nobody is invited">
          Whoever you invite gets a link by mail and chooses a password of their own.
        </Empty>
      ) : (
        <ul className="divide-y">
          {open.map((invitation) => (
            // An address has one; sent anew it is another, and a question that is open about it stays open.
            <InvitationRow
              key={invitation.email}
              invitation={invitation}
              onResend={() => attempt(() => invite(invitation.email, invitation.role))}
              onRevoke={() => attempt(() => api.delete('/members/invitations/{id}', { path: { id: invitation.id } }))}
            />
          ))}
        </ul>
      )}
      <Invite open={inviting} onOpenChange={setInviting} onDone={refresh} />
    </Card>
  );
}

function InvitationRow({
  invitation,
  onResend,
  onRevoke,
}: {
  invitation: Invitation;
  onResend: () => Promise<void>;
  onRevoke: () => void;
}) {
  const [busy, setBusy] = useState(false);
  const email = plainText(invitation.email, 254);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-52">
        <p className="foreign font-medium">{email}</p>
        <p className="text-faint text-xs">
          {ROLE_LABEL[invitation.role]} · sent <Time at={invitation.createdAt} /> ·{' '}
          {invitation.status === 'expired' ? (
            <span className="text-degraded">the link has expired</span>
          ) : (
            <>
              expires <Time at={invitation.expiresAt} />
            </>
          )}
        </p>
      </div>
      <span className="flex gap-2">
        <Button
          size="sm"
          busy={busy}
          aria-label={`Send again to ${email}`}
          onClick={async () => {
            setBusy(true);
            await onResend();
            setBusy(false);
          }}
        >
          Send again
        </Button>
        <Confirm
          trigger={
            <Button size="sm" aria-label={`Revoke the invitation of ${email}`}>
              Revoke
            </Button>
          }
          title={`Revoke the invitation of ${email}?`}
          description="The link in the mail stops working."
          action="Revoke"
          onConfirm={onRevoke}
        />
      </span>
    </li>
  );
}

function Invite({ open, onOpenChange, onDone }: { open: boolean; onOpenChange: (open: boolean) => void; onDone: () => Promise<void> }) {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<string | null>(null);
  const change = (next: boolean) => {
    setError(null);
    onOpenChange(next);
  };
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    setBusy(true);
    setError(null);
    try {
      await invite(String(form.get('email')).trim(), ROLES.find((role) => role === form.get('role')) ?? 'member');
      await onDone();
      change(false);
    } catch (failure) {
      setError(messageOf(failure));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Modal open={open} onOpenChange={change} title="Invite somebody">
      <form method="post" onSubmit={submit} className="flex flex-col gap-4">
        <Field label="Email" hint="The link works for this address alone, once.">
          {(ids) => <Input {...ids} name="email" type="email" required maxLength={254} autoComplete="off" autoFocus />}
        </Field>
        <Field label="Role">
          {(ids) => (
            <Select {...ids} name="role" defaultValue="member">
              {ROLES.map((role) => (
                <option key={role} value={role}>
                  {ROLE_LABEL[role]}
                </option>
              ))}
            </Select>
          )}
        </Field>
        {error === null ? null : <Callout alert tone="down" icon={<CircleAlert />} title={error} />}
        <Button type="submit" variant="primary" busy={busy}>
          Send the invitation
        </Button>
      </form>
    </Modal>
  );
}
