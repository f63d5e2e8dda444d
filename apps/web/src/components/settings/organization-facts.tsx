import type { Me, OrganizationSettings } from '@rollcall/contracts';
import { Card, CardHeader, cn, formatCount, formatInterval, plainText } from '@rollcall/ui';

const SIGNUP_MEANING = {
  open: 'Anybody may sign up, and gets an organization of their own',
  invite: 'Only who was invited gets an account',
  off: 'Nobody new gets an account',
} as const;

function Meter({ label, used, of }: { label: string; used: number; of: number }) {
  const share = of === 0 ? 1 : used / of;
  return (
    <div className="px-4 py-3">
      <div className="mb-1.5 flex justify-between gap-3 text-sm">
        <span id={`meter-${label}`}>{label}</span>
        <span className="text-muted tabular-nums">
          {formatCount(used)} of {formatCount(of)}
        </span>
      </div>
      {/* biome-ignore lint/a11y/useSemanticElements: a <meter> looks different in every browser and takes no tokens */}
      <div
        role="meter"
        aria-labelledby={`meter-${label}`}
        aria-valuenow={used}
        aria-valuemin={0}
        aria-valuemax={Math.max(of, used)}
        className="h-1.5 overflow-hidden rounded-full bg-sunken"
      >
        <div
          className={cn('h-full rounded-full', share >= 0.9 ? 'bg-degraded' : 'bg-accent')}
          style={{ width: `${Math.min(100, share * 100)}%` }}
        />
      </div>
    </div>
  );
}

export function UsageCard({ organization: { plan, quotas, usage } }: { organization: OrganizationSettings }) {
  return (
    <Card aria-labelledby="usage-heading">
      <CardHeader id="usage-heading" title="Plan and usage" hint={`plan “${plainText(plan, 60)}”`} />
      <div className="divide-y">
        <Meter label="Endpoints" used={usage.endpoints} of={quotas.endpoints} />
        <Meter label="Channels" used={usage.channels} of={quotas.channels} />
        <Facts
          facts={[
            ['Members', formatCount(usage.members)],
            ['Shortest probe interval', formatInterval(quotas.minIntervalSeconds)],
          ]}
        />
      </div>
    </Card>
  );
}

export function InstallationCard({ me, signup }: { me: Me; signup: OrganizationSettings['signup'] }) {
  return (
    <Card aria-labelledby="installation-heading">
      <CardHeader id="installation-heading" title="This installation" hint="set by its operator" />
      <Facts
        facts={[
          ['Address', me.installation.publicUrl],
          ['New accounts', SIGNUP_MEANING[signup]],
          [
            'Mail',
            me.installation.smtpConfigured ? 'Sent through the configured SMTP server' : 'Written to files; no SMTP server is configured',
          ],
        ]}
      />
    </Card>
  );
}

function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="divide-y">
      {facts.map(([name, value]) => (
        <div key={name} className="flex flex-wrap gap-x-4 px-4 py-2.5 text-sm">
          <dt className="w-48 text-muted">{name}</dt>
          <dd className="foreign flex-1 basis-56">{plainText(value, 200)}</dd>
        </div>
      ))}
    </dl>
  );
}
