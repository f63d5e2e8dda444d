'use client';
import type { AuthInput, Endpoint } from '@rollcall/contracts';
import { ERA_SETTINGS, TRANSPORT_SETTINGS } from '@rollcall/core';
import { Field, formatInterval, Input, Select } from '@rollcall/ui';
import { useState } from 'react';
import type { ApiError } from '#web/lib/api-error.ts';

const INTERVALS = [10, 30, 60, 120, 300, 600, 1800, 3600, 86_400];
const TRANSPORT_WORD = { auto: 'Detect', 'streamable-http': 'Streamable HTTP', sse: 'HTTP+SSE' } as const;
const ERA_WORD = { auto: 'Detect', legacy: 'Legacy (initialize)', modern: 'Modern (2026-07-28)' } as const;

/** Name, interval and tags: what a person decides. The URL is asked for apart. */
export function MainFields({
  endpoint,
  name,
  intervalSeconds = 60,
  error,
}: {
  endpoint?: Endpoint;
  name?: string;
  intervalSeconds?: number;
  error: ApiError | null;
}) {
  const chosen = endpoint?.intervalSeconds ?? intervalSeconds;
  const intervals = [...new Set([...INTERVALS, chosen])].toSorted((a, b) => a - b);
  return (
    <>
      <Field label="Name" error={error?.fieldError('name')}>
        {(ids) => <Input {...ids} name="name" required maxLength={200} defaultValue={endpoint?.name ?? name} />}
      </Field>
      <Field
        label="Interval"
        hint="A change is confirmed by two more probes before anyone is alerted."
        error={error?.fieldError('intervalSeconds')}
      >
        {(ids) => (
          <Select {...ids} name="intervalSeconds" defaultValue={chosen}>
            {intervals.map((seconds) => (
              <option key={seconds} value={seconds}>
                Every {formatInterval(seconds)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Tags" optional hint="Separated by spaces. Routes and filters use them." error={error?.fieldError('tags')}>
        {(ids) => <Input {...ids} name="tags" placeholder="prod team:payments" defaultValue={endpoint?.tags.join(' ')} />}
      </Field>
    </>
  );
}

/** How to speak to the server: seldom needed, since all of it is detected. */
export function WireFields({ endpoint, error }: { endpoint?: Endpoint; error: ApiError | null }) {
  return (
    <>
      <Field label="Transport" error={error?.fieldError('transport')}>
        {(ids) => (
          <Select {...ids} name="transport" defaultValue={endpoint?.transport ?? 'auto'}>
            {TRANSPORT_SETTINGS.map((value) => (
              <option key={value} value={value}>
                {TRANSPORT_WORD[value]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label="Protocol era" error={error?.fieldError('era')}>
        {(ids) => (
          <Select {...ids} name="era" defaultValue={endpoint?.era ?? 'auto'}>
            {ERA_SETTINGS.map((value) => (
              <option key={value} value={value}>
                {ERA_WORD[value]}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </>
  );
}

/** Credentials. They are write-only: what is stored never comes back, so "keep" is a choice of its own. */
export function AuthFields({ stored, error }: { stored?: Endpoint['auth']['type']; error: ApiError | null }) {
  const [type, setType] = useState<string>(stored === undefined ? 'none' : 'keep');
  const authError = error?.fieldError('auth');
  return (
    <div className="grid gap-4 sm:grid-cols-2">
      <Field label="Sign-in" error={authError}>
        {(ids) => (
          <Select {...ids} name="authType" value={type} onChange={(event) => setType(event.target.value)}>
            {stored === undefined ? null : <option value="keep">Keep as it is ({stored})</option>}
            <option value="none">None</option>
            <option value="bearer">Bearer token</option>
            <option value="oauth">OAuth client credentials</option>
          </Select>
        )}
      </Field>
      {type === 'bearer' ? (
        <Field label="Token" hint="Stored encrypted; never shown again.">
          {(ids) => <Input {...ids} name="authToken" type="password" autoComplete="off" required />}
        </Field>
      ) : null}
      {type === 'oauth' ? (
        <>
          <Field label="Client ID">{(ids) => <Input {...ids} name="authClientId" autoComplete="off" required />}</Field>
          <Field label="Client secret" hint="Stored encrypted; never shown again.">
            {(ids) => <Input {...ids} name="authClientSecret" type="password" autoComplete="off" required />}
          </Field>
          <Field label="Scope" optional>
            {(ids) => <Input {...ids} name="authScope" autoComplete="off" />}
          </Field>
        </>
      ) : null}
    </div>
  );
}

const textOf = (form: FormData, name: string): string => String(form.get(name) ?? '').trim();

export function readMain(form: FormData) {
  return {
    name: textOf(form, 'name'),
    intervalSeconds: Number(form.get('intervalSeconds')),
    tags: [
      ...new Set(
        textOf(form, 'tags')
          .split(/[\s,]+/)
          .filter(Boolean),
      ),
    ],
  };
}

export function readWire(form: FormData) {
  return {
    transport: TRANSPORT_SETTINGS.find((value) => value === form.get('transport')) ?? 'auto',
    era: ERA_SETTINGS.find((value) => value === form.get('era')) ?? 'auto',
  };
}

/** The credentials of the form, or undefined to leave the stored ones alone. */
export function readAuth(form: FormData): AuthInput | undefined {
  switch (form.get('authType')) {
    case 'none':
      return { type: 'none' };
    case 'bearer':
      return { type: 'bearer', token: textOf(form, 'authToken') };
    case 'oauth': {
      const scope = textOf(form, 'authScope');
      return {
        type: 'oauth',
        clientId: textOf(form, 'authClientId'),
        clientSecret: textOf(form, 'authClientSecret'),
        ...(scope === '' ? {} : { scope }),
      };
    }
    default:
      return undefined;
  }
}
