'use client';
import { address } from '@rollcall/client';
import type { Me, Member, Page } from '@rollcall/contracts';
import { MEMBER_ROLES } from '@rollcall/core';
import { Button, Card, CardHeader, Chip, formatCount, Menu, MenuItem, plainText, Select } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Crown, LogOut, MoreHorizontal, UserMinus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { Ask } from './ask.tsx';
import { mayManage, ROLE_LABEL, ROLE_MEANING } from './roles.ts';

const PATH = address('/members', { query: { limit: 200 } });

type Act = { kind: 'remove' | 'leave' | 'transfer'; member: Member };

export function Members({ initial, me }: { initial: Page<Member>; me: Me }) {
  const queries = useQueryClient();
  const [act, setAct] = useState<Act | null>(null);
  const { data: members = initial } = useLive(PATH, initial, { everyMs: 60_000 });
  const refresh = () => queries.invalidateQueries({ queryKey: [PATH] });
  const changeRole = async (member: Member, role: Member['role']) => {
    try {
      await api.patch('/members/{id}', { path: { id: member.id }, body: { role } });
      toast.success(`${plainText(member.user.name, 60)} is ${role} now.`);
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      await refresh();
    }
    if (member.user.id === me.user?.id) window.location.reload();
  };
  return (
    <Card aria-labelledby="members-heading">
      <CardHeader id="members-heading" title="Members" hint={formatCount(members.data.length)} />
      <ul className="divide-y">
        {members.data.map((member) => (
          <MemberRow key={member.id} member={member} me={me} onRole={(role) => changeRole(member, role)} onAct={setAct} />
        ))}
      </ul>
      <dl className="flex flex-col gap-1 border-t bg-sunken/50 px-4 py-3 text-xs">
        {MEMBER_ROLES.toReversed().map((role) => (
          <div key={role} className="flex gap-2">
            <dt className="w-16 shrink-0 font-medium">{ROLE_LABEL[role]}</dt>
            <dd className="text-muted">{ROLE_MEANING[role]}</dd>
          </div>
        ))}
      </dl>
      <Asking act={act} onClose={() => setAct(null)} onDone={refresh} />
    </Card>
  );
}

interface RowProps {
  member: Member;
  me: Me;
  onRole: (role: Member['role']) => void;
  onAct: (act: Act) => void;
}

function MemberRow({ member, me, onRole, onAct }: RowProps) {
  const self = member.user.id === me.user?.id;
  const isOwner = me.role === 'owner';
  // Only owners touch owners; the API has the last word, also about the last owner.
  const canChange = mayManage(me) && (isOwner || member.role !== 'owner');
  const name = plainText(member.user.name, 100);
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-2 px-4 py-3 text-sm">
      <div className="min-w-0 flex-1 basis-32">
        <p className="foreign flex flex-wrap items-center gap-2 font-medium">
          {name}
          {self ? <Chip>you</Chip> : null}
        </p>
        <p className="foreign text-faint text-xs">{plainText(member.user.email, 254)}</p>
      </div>
      <span className="flex shrink-0 items-center gap-1">
        {canChange ? (
          <Select
            aria-label={`Role of ${name}`}
            value={member.role}
            onChange={(event) => onRole(event.target.value as Member['role'])}
            className="w-28"
          >
            {MEMBER_ROLES.filter((role) => isOwner || role !== 'owner').map((role) => (
              <option key={role} value={role}>
                {ROLE_LABEL[role]}
              </option>
            ))}
          </Select>
        ) : (
          <span className="text-muted">{ROLE_LABEL[member.role]}</span>
        )}
        {self || canChange ? (
          <Menu
            trigger={
              <Button variant="ghost" size="icon" aria-label={`What can be done about ${name}`}>
                <MoreHorizontal aria-hidden className="size-4" />
              </Button>
            }
          >
            {isOwner && !self && member.role !== 'owner' ? (
              <MenuItem onSelect={() => onAct({ kind: 'transfer', member })}>
                <Crown aria-hidden />
                Give the ownership
              </MenuItem>
            ) : null}
            <MenuItem danger onSelect={() => onAct({ kind: self ? 'leave' : 'remove', member })}>
              {self ? <LogOut aria-hidden /> : <UserMinus aria-hidden />}
              {self ? 'Leave the organization' : 'Remove'}
            </MenuItem>
          </Menu>
        ) : null}
      </span>
    </li>
  );
}

function Asking({ act, onClose, onDone }: { act: Act | null; onClose: () => void; onDone: () => Promise<void> }) {
  const name = plainText(act?.member.user.name ?? '', 80);
  const texts = {
    remove: { title: `Remove ${name}?`, description: 'Their access ends now. What they made stays.', action: 'Remove' },
    leave: { title: 'Leave the organization?', description: 'Your access ends now; only an invitation brings you back.', action: 'Leave' },
    transfer: {
      title: `Give the ownership to ${name}?`,
      description: 'They become an owner and you an admin. Only they can undo it.',
      action: 'Give it',
    },
  }[act?.kind ?? 'remove'];
  const submit = async () => {
    if (act === null) return null;
    try {
      if (act.kind === 'transfer') await api.post('/members/{id}/transfer-ownership', { path: { id: act.member.id } });
      else await api.delete('/members/{id}', { path: { id: act.member.id } });
    } catch (error) {
      return messageOf(error);
    }
    // Both change what the reader may see: the whole page is asked for again.
    if (act.kind === 'leave') window.location.assign('/');
    else if (act.kind === 'transfer') window.location.reload();
    else await onDone();
    return null;
  };
  return (
    <Ask
      open={act !== null}
      onOpenChange={(open) => (open ? undefined : onClose())}
      danger={act?.kind !== 'transfer'}
      {...texts}
      onSubmit={submit}
    />
  );
}
