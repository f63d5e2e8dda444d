import { secretUrlKind } from '../../http/chat-kind.ts';
import { member } from '../../http/chat-parts.ts';
import { renderDiscord } from './render.ts';

/** Discord's "Execute Webhook"; `wait=true` makes it answer only when the message exists. A 429 says seconds in its body. */
export const discord = secretUrlKind({
  type: 'discord',
  render: renderDiscord,
  target: (url) => url.searchParams.set('wait', 'true'),
  rules: {
    retryAfterMs: ({ status, text }) => {
      const seconds = status === 429 ? member(text, 'retry_after') : undefined;
      return typeof seconds === 'number' && Number.isFinite(seconds) && seconds >= 0 ? Math.ceil(seconds * 1000) : undefined;
    },
  },
});
