import type { ApiKey, Me, Page } from '@rollcall/contracts';
import { Card, CardHeader, plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import { PageHeader } from '#web/components/page-header.tsx';
import { ApiKeys } from '#web/components/settings/api-keys.tsx';
import { apiGet } from '#web/lib/api-server.ts';

export const metadata: Metadata = { title: 'Settings' };

export default async function SettingsPage() {
  const [me, keys] = await Promise.all([apiGet<Me>('/me'), apiGet<Page<ApiKey>>('/api-keys?limit=200')]);
  const facts = [
    ['Organization', me.organization.name],
    ['Signed in as', me.user === null ? 'an API key' : `${me.user.name} (${me.user.email})`],
    ['Role', me.role ?? 'none'],
    ['Address of this installation', me.installation.publicUrl],
    ['Mail', me.installation.smtpConfigured ? 'Sent through the configured SMTP server' : 'Written to files; no SMTP server is configured'],
  ] as const;
  return (
    <>
      <PageHeader title="Settings" />
      <div className="flex flex-col gap-6">
        <Card aria-labelledby="installation-heading">
          <CardHeader id="installation-heading" title="Organization and installation" />
          <dl className="divide-y">
            {facts.map(([name, value]) => (
              <div key={name} className="flex flex-wrap gap-x-4 px-4 py-2.5 text-sm">
                <dt className="w-56 text-muted">{name}</dt>
                <dd className="foreign">{plainText(value, 200)}</dd>
              </div>
            ))}
          </dl>
        </Card>
        <ApiKeys initial={keys} canManage={me.role === 'owner' || me.role === 'admin'} />
      </div>
    </>
  );
}
