import { createHash } from 'node:crypto';
import { eventSchema } from '@rollcall/contracts';
import { type SunkRequest, startHttpSink } from '@rollcall/testkit';
import { Webhook } from 'standardwebhooks';
import type { Received } from './judge.ts';
import type { Random } from './plan.ts';

export interface WebhookSink {
  readonly url: string;
  readonly secret: string;
  received(): Received[];
  close(): Promise<void>;
}

/** A webhook receiver that now and then answers 500, hangs up or says nothing, and checks each signature as it comes. */
export async function startWebhookSink(
  channel: string,
  failing: { readonly draw: Random; readonly timesAnId: number } | null,
): Promise<WebhookSink> {
  const secret = `whsec_${createHash('sha256').update(channel).digest('base64')}`;
  const webhook = new Webhook(secret);
  const failures = new Map<string, number>();
  const signed = new WeakMap<SunkRequest, boolean>();
  const sink = await startHttpSink({
    respond(_n, request) {
      signed.set(request, verifies(webhook, request));
      const id = String(request.headers['webhook-id']);
      const failed = failures.get(id) ?? 0;
      const chance = failing?.draw() ?? 1;
      if (failed >= (failing?.timesAnId ?? 0) || chance >= 0.2) return { status: 204 };
      failures.set(id, failed + 1);
      return chance < 0.1 ? { status: 500, body: 'not now' } : chance < 0.19 ? 'hang-up' : 'hang';
    },
  });
  return {
    url: `${sink.url}/${channel}`,
    secret,
    received: () => sink.requests.map((request) => describe(channel, request, signed.get(request) ?? false)),
    close: () => sink.close(),
  };
}

function verifies(webhook: Webhook, request: SunkRequest): boolean {
  try {
    webhook.verify(request.body.toString('utf8'), request.headers as Record<string, string>);
    return true;
  } catch {
    return false;
  }
}

function describe(channel: string, request: SunkRequest, signed: boolean): Received {
  const event = eventSchema.parse(JSON.parse(request.body.toString('utf8')));
  const grouped = event.data.details?.['endpoints'] as { id: string }[] | undefined;
  return {
    channel,
    id: String(request.headers['webhook-id']),
    at: request.at,
    type: event.type,
    endpoints: grouped?.map(({ id }) => id) ?? (event.data.endpoint ? [event.data.endpoint.id] : []),
    body: createHash('sha256').update(request.body).digest('base64url'),
    signed,
    answered: request.answered,
  };
}
