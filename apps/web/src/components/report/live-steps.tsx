'use client';
import type { Step } from '@rollcall/contracts';
import { Card, formatLatency, plainText, StatusMark } from '@rollcall/ui';
import { LoaderCircle } from 'lucide-react';

const MEANING: Record<string, string> = {
  dns: 'Look up the name',
  tcp: 'Connect',
  tls: 'Secure the connection',
  discover: 'Ask what the server is (server/discover)',
  initialize: 'Shake hands (initialize)',
  initialized: 'Confirm the handshake',
  'tools/list': 'List the tools',
  close: 'Close the session',
};

/** The check as it happens. Each step is read out when it is done. */
export function LiveSteps({ steps }: { steps: Step[] }) {
  return (
    <Card aria-label="Check in progress">
      <ol aria-live="polite" className="divide-y">
        {steps.map((step, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps are only ever appended and may repeat
          <li key={index} className="flex h-11 animate-[rise_160ms_ease-out] items-center gap-3 px-4 text-sm">
            <StatusMark status={step.ok ? 'up' : 'down'} size={16} />
            <span className="foreign flex-1 truncate">
              {MEANING[step.name] ?? plainText(step.name, 60)}
              {step.ok ? null : <span className="sr-only"> failed</span>}
            </span>
            <span className="font-mono text-muted text-xs tabular-nums">{formatLatency(step.ms)}</span>
          </li>
        ))}
      </ol>
      <p className="flex h-11 items-center gap-3 border-t px-4 text-muted text-sm first:border-t-0">
        <LoaderCircle aria-hidden className="size-4 animate-spin" />
        Checking…
      </p>
    </Card>
  );
}
