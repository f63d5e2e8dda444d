'use client';
import { address } from '@rollcall/client';
import type { Page, StatusSubscriber } from '@rollcall/contracts';
import { Button, Card, CardHeader, Confirm, Empty, plainText, plural, StatusMark } from '@rollcall/ui';
import { Trash2, Users } from 'lucide-react';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';

const TYPE_LABEL = { email: 'Email', webhook: 'Webhook', slack: 'Slack' } as const;

/** Who asked to be told, and whether the address was confirmed. */
export function Subscribers({ pageId, initial }: { pageId: string; initial: Page<StatusSubscriber> }) {
  const path = { id: pageId };
  const asked = address('/status-pages/{id}/subscribers', { path, query: { limit: 200 } });
  const { data: subscribers = initial } = useLive(asked, initial, { everyMs: 15_000 });
  const { busy, run } = useAction<string>();
  const confirmed = subscribers.data.filter(({ confirmedAt }) => confirmedAt !== null).length;
  if (subscribers.data.length === 0) {
    return (
      <Card>
        <Empty icon={<Users aria-hidden className="size-5" />} title="Nobody has subscribed yet">
          Readers subscribe on the page itself, by email, webhook or Slack. An address counts when its owner has confirmed it.
        </Empty>
      </Card>
    );
  }
  return (
    <Card aria-labelledby="subscribers-heading">
      <CardHeader
        id="subscribers-heading"
        title={plural(subscribers.data.length, 'subscriber')}
        hint={`${confirmed} confirmed, ${subscribers.data.length - confirmed} waiting${subscribers.nextCursor === null ? '' : '; the 200 newest'}`}
      />
      <ul className="divide-y">
        {subscribers.data.map((subscriber) => {
          const target = plainText(subscriber.target, 200);
          return (
            <li key={subscriber.id} className="flex items-center gap-3 px-4 py-2.5">
              <StatusMark status={subscriber.confirmedAt === null ? 'pending' : 'up'} />
              <div className="min-w-0 flex-1">
                <p className="foreign text-sm">{target}</p>
                <p className="text-faint text-xs">
                  {TYPE_LABEL[subscriber.type]} ·{' '}
                  {subscriber.confirmedAt === null ? (
                    <>
                      asked <Time at={subscriber.createdAt} />, not confirmed; forgotten after a week
                    </>
                  ) : (
                    <>
                      confirmed <Time at={subscriber.confirmedAt} />
                    </>
                  )}
                </p>
              </div>
              <Confirm
                trigger={
                  <Button variant="ghost" size="icon" busy={busy === subscriber.id} aria-label={`Remove ${target}`}>
                    <Trash2 aria-hidden className="size-4" />
                  </Button>
                }
                title={`Remove ${target}?`}
                description="Nothing more is sent there, and what was to be sent is dropped. The reader can subscribe again."
                action="Remove"
                onConfirm={() =>
                  run(subscriber.id, () =>
                    api.delete('/status-pages/{id}/subscribers/{subscriberId}', { path: { ...path, subscriberId: subscriber.id } }),
                  )
                }
              />
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
