import { secretUrlKind } from '../../http/chat-kind.ts';
import { renderGoogleChat } from './render.ts';

/** A Google Chat space's webhook; the thread key makes an incident one thread. */
export const googleChat = secretUrlKind({
  type: 'google-chat',
  render: renderGoogleChat,
  target: (url) => url.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD'),
});
