type Listener = () => void;

/** What may end a piece of work before it is done. */
export type Ending = AbortSignal | Cutoff;

/**
 * An AbortController for work that is begun a thousand times a second: an EventTarget costs more than what a probe does between two of
 * its questions. The AbortSignal that others want is made when they ask for it.
 */
export class Cutoff {
  aborted = false;
  reason: unknown = undefined;
  #listeners = new Set<Listener>();
  #controller: AbortController | null = null;

  abort(reason?: unknown): void {
    if (this.aborted) return;
    this.aborted = true;
    this.reason = reason;
    this.#controller?.abort(reason);
    const listeners = [...this.#listeners];
    this.#listeners.clear();
    for (const listener of listeners) listener();
  }

  /** Calls `listener` once, at the abort to come. */
  add(listener: Listener): void {
    this.#listeners.add(listener);
  }

  remove(listener: Listener): void {
    this.#listeners.delete(listener);
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.aborted) this.#controller.abort(this.reason);
    }
    return this.#controller.signal;
  }
}

export function onEnd(ending: Ending | undefined, listener: Listener): void {
  if (ending instanceof Cutoff) ending.add(listener);
  else ending?.addEventListener('abort', listener, { once: true });
}

export function offEnd(ending: Ending | undefined, listener: Listener): void {
  if (ending instanceof Cutoff) ending.remove(listener);
  else ending?.removeEventListener('abort', listener);
}

export function signalOf(ending: Ending): AbortSignal {
  return ending instanceof Cutoff ? ending.signal : ending;
}
