import type { LiveEvent } from '@rollcall/contracts';

/** `live`: changes are heard. `reconnecting`: they are not, and it is tried again. `paused`: nobody looks, so nobody is asked. */
export type LiveState = 'connecting' | 'live' | 'reconnecting' | 'paused';

/** A tab that nobody looks at for so long gives its connection back: browsers have six for a site. */
const HIDDEN_MS = 15_000;
const FIRST_RETRY_MS = 1000;
const SLOWEST_RETRY_MS = 60_000;

export interface LiveHandlers {
  onEvent(event: LiveEvent): void;
  onState(state: LiveState): void;
}

/** The one event stream of this tab. Comes back by itself; answers with how to end it. */
export function openEventSource({ onEvent, onState }: LiveHandlers): () => void {
  let source: EventSource | null = null;
  let failures = 0;
  let retry: number | undefined;
  let hiding: number | undefined;

  const close = () => {
    clearTimeout(retry);
    source?.close();
    source = null;
  };
  const connect = () => {
    close();
    const mine = new EventSource('/api/v1/events');
    source = mine;
    mine.onmessage = ({ data }: MessageEvent<string>) => {
      failures = 0;
      onState('live');
      onEvent(JSON.parse(data) as LiveEvent);
    };
    mine.onerror = () => {
      close();
      failures += 1;
      onState('reconnecting');
      const wait = Math.min(SLOWEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (failures - 1));
      retry = window.setTimeout(connect, wait * (0.5 + Math.random() / 2));
    };
  };
  const onVisibility = () => {
    clearTimeout(hiding);
    if (document.visibilityState === 'visible') {
      if (source === null) connect();
      return;
    }
    hiding = window.setTimeout(() => {
      close();
      onState('paused');
    }, HIDDEN_MS);
  };
  // A page that is kept for going back holds no connection, and comes back without one.
  const onPageHide = () => close();
  const onPageShow = ({ persisted }: PageTransitionEvent) => {
    if (persisted) connect();
  };
  document.addEventListener('visibilitychange', onVisibility);
  window.addEventListener('online', connect);
  window.addEventListener('pagehide', onPageHide);
  window.addEventListener('pageshow', onPageShow);
  connect();
  return () => {
    close();
    clearTimeout(hiding);
    document.removeEventListener('visibilitychange', onVisibility);
    window.removeEventListener('online', connect);
    window.removeEventListener('pagehide', onPageHide);
    window.removeEventListener('pageshow', onPageShow);
  };
}
