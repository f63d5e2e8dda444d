'use client';
import type { Me } from '@rollcall/contracts';
import { Button, Card, CardHeader, plainText } from '@rollcall/ui';
import { useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { Ask } from './ask.tsx';
import { EndRow } from './end-row.tsx';
import { mayManage } from './roles.ts';

export function OrganizationEnd({ me, hasPassword }: { me: Me; hasPassword: boolean }) {
  const [asking, setAsking] = useState(false);
  const { name, slug } = me.organization;
  const end = async (form: FormData) => {
    try {
      const password = hasPassword ? { password: String(form.get('password')) } : {};
      await api.delete('/organization', { body: { confirm: String(form.get('word')), ...password } });
    } catch (error) {
      return messageOf(error);
    }
    // Nothing of it may stay on the screen.
    window.location.assign('/');
    return null;
  };
  return (
    <Card aria-labelledby="organization-end-heading">
      <CardHeader id="organization-end-heading" title={`Organization ${plainText(name, 60)}`} />
      <div className="divide-y">
        <EndRow
          title="Export"
          action={
            mayManage(me) ? (
              <Button asChild>
                <a href="/api/v1/organization/export" download>
                  Export the organization
                </a>
              </Button>
            ) : null
          }
        >
          Endpoints, channels, status pages, incidents, members and the audit log as one JSON document, without secrets.
          {mayManage(me) ? null : ' For owners and admins.'}
        </EndRow>
        <EndRow
          title="Delete"
          action={
            me.role === 'owner' ? (
              <Button variant="danger" onClick={() => setAsking(true)}>
                Delete the organization
              </Button>
            ) : null
          }
        >
          Monitoring and alerts stop, status pages go, keys end, and everybody loses access, at once.
          {me.role === 'owner' ? null : ' For owners.'}
        </EndRow>
      </div>
      <Ask
        open={asking}
        onOpenChange={setAsking}
        title={`Delete ${plainText(name, 60)}?`}
        description="Everything it has is gone with it, for all of its members. There is no way back."
        action="Delete it for good"
        danger
        word={slug}
        password={hasPassword}
        onSubmit={end}
      />
    </Card>
  );
}
