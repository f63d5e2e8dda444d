'use client';
import { address } from '@rollcall/client';
import type { Channel, Delivery, Page } from '@rollcall/contracts';
import { Button, Card, CardHeader, cn } from '@rollcall/ui';
import { useState } from 'react';
import { useLive } from '#web/lib/use-live.ts';
import { DeliveryList } from './delivery-list.tsx';

const CHOICES = [
  { status: null, label: 'All' },
  { status: 'failed', label: 'Failed' },
  { status: 'delivered', label: 'Delivered' },
] as const;

/** Every attempt, newest first, narrowed and by pages. */
export function DeliveryLog({ channel, channels, initial }: { channel?: Channel; channels: Channel[]; initial: Page<Delivery> }) {
  const [status, setStatus] = useState<(typeof CHOICES)[number]['status']>(null);
  const [cursor, setCursor] = useState<string | null>(null);
  const untouched = status === null && cursor === null;
  const path = address('/deliveries', { query: { limit: 20, channel: channel?.id, status, cursor } });
  const { data = initial } = useLive(path, untouched ? initial : undefined, { everyMs: cursor === null ? 5000 : false });
  return (
    <Card aria-labelledby="deliveries-heading">
      <CardHeader
        id="deliveries-heading"
        title="Deliveries"
        hint="every attempt, newest first; secrets are left out"
        actions={CHOICES.map((choice) => (
          <button
            key={choice.label}
            type="button"
            aria-pressed={status === choice.status}
            onClick={() => {
              setStatus(choice.status);
              setCursor(null);
            }}
            className={cn(
              'h-7 rounded-control px-2 text-muted text-xs hover:bg-hover hover:text-ink',
              status === choice.status && 'bg-hover font-medium text-ink',
            )}
          >
            {choice.label}
          </button>
        ))}
      />
      <DeliveryList deliveries={data.data} channels={channels} />
      {cursor === null && data.nextCursor === null ? null : (
        <nav aria-label="Pages of deliveries" className="flex justify-between border-t p-3">
          <Button size="sm" disabled={cursor === null} onClick={() => setCursor(null)}>
            Newest
          </Button>
          <Button size="sm" disabled={data.nextCursor === null} onClick={() => setCursor(data.nextCursor)}>
            Older
          </Button>
        </nav>
      )}
    </Card>
  );
}
