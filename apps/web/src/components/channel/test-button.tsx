'use client';
import type { Channel, Delivery } from '@rollcall/contracts';
import { Button, Callout, CodeBlock, formatLatency, plainText } from '@rollcall/ui';
import { CircleAlert, CircleCheck, Send } from 'lucide-react';
import { useState } from 'react';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';

export interface TestResult {
  delivered: boolean;
  delivery: Delivery;
}

/** Sends a test message and keeps what came of it. */
export function useTest(channel: Channel) {
  const [result, setResult] = useState<TestResult | null>(null);
  const { busy, run } = useAction<'test'>();
  const test = () => {
    setResult(null);
    return run('test', async () => setResult(await api.post('/channels/{id}/test', { path: { id: channel.id } })));
  };
  const button = (
    <Button size="sm" busy={busy === 'test'} onClick={test}>
      <Send aria-hidden className="size-3.5" />
      Send test
    </Button>
  );
  return { button, result, close: () => setResult(null) };
}

/** What the receiver answered, in words and as it was. */
export function TestAnswer({ channel, result, onClose }: { channel: Channel; result: TestResult; onClose: () => void }) {
  const { delivered, delivery } = result;
  const name = plainText(channel.name, 80);
  return (
    <div className="flex w-full basis-full flex-col gap-3">
      <Callout
        alert
        tone={delivered ? 'up' : 'down'}
        icon={delivered ? <CircleCheck /> : <CircleAlert />}
        title={delivered ? `The test message reached ${name}.` : `The test message did not reach ${name}`}
        action={
          <Button size="sm" variant="ghost" onClick={onClose}>
            Close
          </Button>
        }
      >
        {delivered ? `In ${formatLatency(delivery.durationMs)}.` : plainText(delivery.error ?? 'The receiver gave no reason.', 300)}
      </Callout>
      <div className="grid gap-3 lg:grid-cols-2">
        <CodeBlock wrap label="Request" code={plainText(JSON.stringify(delivery.request, null, 2), 5000)} />
        <CodeBlock wrap label="Answer" code={plainText(JSON.stringify(delivery.response, null, 2), 5000)} />
      </div>
    </div>
  );
}
