'use client';
import type { Channel, Delivery } from '@rollcall/contracts';
import { CodeBlock, formatLatency, plainText, StatusMark } from '@rollcall/ui';
import { Time } from '#web/components/clock.tsx';

/** The delivery log: what was sent where, what came back, and when it is tried again. */
export function DeliveryList({ deliveries, channels }: { deliveries: Delivery[]; channels: Channel[] }) {
  if (deliveries.length === 0) return <p className="px-4 py-5 text-muted text-sm">Nothing was sent yet.</p>;
  const nameOf = new Map(channels.map((channel) => [channel.id, channel.name]));
  return (
    <ul className="divide-y">
      {deliveries.map((delivery) => (
        <li key={delivery.id}>
          <details>
            <summary className="flex items-start gap-3 px-4 py-2.5 text-sm -outline-offset-2 hover:bg-hover">
              <StatusMark status={delivery.status === 'delivered' ? 'up' : 'down'} className="mt-[3px]" />
              <span className="min-w-0 flex-1">
                <span className="foreign block">
                  {delivery.type}{' '}
                  <span className="text-muted">to {plainText(nameOf.get(delivery.channelId) ?? 'a deleted channel', 80)}</span>
                </span>
                {delivery.error === null ? null : (
                  <span className="foreign block text-muted text-xs">{plainText(delivery.error, 200)}</span>
                )}
                {delivery.nextAttemptAt === null ? null : (
                  <span className="block text-faint text-xs">
                    Attempt {delivery.attempt}; next <Time at={delivery.nextAttemptAt} />
                  </span>
                )}
              </span>
              <span className="shrink-0 text-right text-faint text-xs leading-5">
                {delivery.status === 'delivered' ? 'Delivered ' : 'Failed '}
                <Time at={delivery.startedAt} />
              </span>
            </summary>
            <div className="grid gap-3 px-4 pt-1 pb-4 lg:grid-cols-2">
              <CodeBlock
                wrap
                label={`Request (attempt ${delivery.attempt}, ${formatLatency(delivery.durationMs)})`}
                code={plainText(JSON.stringify(delivery.request, null, 2), 5000)}
              />
              <CodeBlock wrap label="Response" code={plainText(JSON.stringify(delivery.response, null, 2), 5000)} />
              <p className="text-faint text-xs lg:col-span-2">
                Message <code className="font-mono">{delivery.noticeId}</code>, the same on every attempt.
              </p>
            </div>
          </details>
        </li>
      ))}
    </ul>
  );
}
