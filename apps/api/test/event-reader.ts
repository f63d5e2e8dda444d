import { type IncomingMessage, request } from 'node:http';
import type { LiveEvent } from '@rollcall/contracts';
import { vi } from 'vitest';

export interface EventReader {
  readonly status: number;
  readonly headers: IncomingMessage['headers'];
  readonly events: readonly LiveEvent[];
  /** Bytes that came, comments included. */
  readonly bytes: number;
  readonly ended: boolean;
  readonly text: string;
  /** Waits until an event of this type (and id) has come. */
  sees(type: LiveEvent['type'], id?: string | null): Promise<void>;
  forget(): void;
  close(): void;
}

/** Reads `GET /events` as a browser would. */
export async function readEvents(baseUrl: string, headers: Record<string, string>): Promise<EventReader> {
  const asked = request(`${baseUrl}/api/v1/events`, { headers, agent: false });
  const response = await new Promise<IncomingMessage>((resolve, reject) => asked.once('response', resolve).once('error', reject).end());
  const events: LiveEvent[] = [];
  const state = { bytes: 0, ended: false, text: '' };
  const read = async () => {
    const decoder = new TextDecoder();
    let rest = '';
    for await (const piece of response as AsyncIterable<Buffer>) {
      state.bytes += piece.length;
      const text = decoder.decode(piece, { stream: true });
      state.text += text;
      const blocks = (rest + text).split('\n\n');
      rest = blocks.pop() ?? '';
      for (const block of blocks) if (block.startsWith('data: ')) events.push(JSON.parse(block.slice(6)) as LiveEvent);
    }
  };
  void read()
    .catch(() => undefined)
    .finally(() => {
      state.ended = true;
    });
  return {
    status: response.statusCode ?? 0,
    headers: response.headers,
    events,
    get bytes() {
      return state.bytes;
    },
    get ended() {
      return state.ended;
    },
    get text() {
      return state.text;
    },
    async sees(type, id) {
      await vi.waitUntil(() => events.some((event) => event.type === type && (id === undefined || event.id === id)), {
        timeout: 20_000,
        interval: 10,
      });
    },
    forget: () => events.splice(0),
    close: () => void asked.destroy(),
  };
}
