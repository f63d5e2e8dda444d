'use client';
import type { Show, StatusPage } from '@rollcall/contracts';
import { Button, Card, CardHeader, Field, Input } from '@rollcall/ui';
import type { ApiError } from '#web/lib/api-error.ts';
import type { Draft } from './draft.ts';

export const SHOW: [keyof Show, string][] = [
  ['uptime', 'Uptime and its 90 days'],
  ['history', 'Past incidents'],
  ['latency', 'Latency'],
  ['tools', 'Number of tools'],
  ['urls', 'Addresses of the endpoints'],
];

/** Who may see the page, and under which name it is reached. */
export function AccessFields({
  draft,
  page,
  error,
  onChange,
}: {
  draft: Draft;
  page: StatusPage;
  error: ApiError | null;
  onChange: (change: Partial<Draft>) => void;
}) {
  const asks = draft.password === undefined ? page.passwordProtected : draft.password !== null;
  return (
    <Card aria-labelledby="access-heading">
      <CardHeader id="access-heading" title="Who sees it" />
      <div className="flex flex-col gap-4 p-4">
        <label className="flex min-h-7 items-center gap-2 text-sm">
          <input
            type="checkbox"
            checked={draft.published}
            onChange={(event) => onChange({ published: event.target.checked })}
            className="size-4 accent-primary"
          />
          Published
          <span className="text-muted">{draft.published ? '' : 'Its address answers as if there were no page.'}</span>
        </label>
        <Field
          label="Password"
          optional
          hint={asks ? 'Readers are asked for it once a week. A new one asks everybody again.' : 'Without one everybody may read the page.'}
          error={error?.fieldError('password')}
        >
          {(ids) => (
            <span className="flex gap-2">
              <Input
                {...ids}
                type="password"
                autoComplete="new-password"
                minLength={8}
                maxLength={128}
                placeholder={draft.password === undefined && page.passwordProtected ? 'Set; type to replace it' : 'At least 8 characters'}
                value={draft.password ?? ''}
                onChange={(event) => onChange({ password: event.target.value === '' ? undefined : event.target.value })}
              />
              {asks ? (
                <Button className="h-9" onClick={() => onChange({ password: page.passwordProtected ? null : undefined })}>
                  Remove
                </Button>
              ) : null}
            </span>
          )}
        </Field>
        <Field
          label="Own domain"
          optional
          hint="Point this host name at this installation (a CNAME) and let the proxy in front hold its certificate. Its / then leads to the page."
          error={error?.fieldError('customDomain')}
        >
          {(ids) => (
            <Input
              {...ids}
              spellCheck={false}
              placeholder="status.example.com"
              value={draft.customDomain}
              onChange={(event) => onChange({ customDomain: event.target.value })}
            />
          )}
        </Field>
      </div>
    </Card>
  );
}
