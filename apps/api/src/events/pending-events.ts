import type { LiveEvent, LiveEventType } from '@rollcall/contracts';

/** So many of one type are named; what is more is told as "several" (id null). */
export const MAX_NAMED = 100;

/**
 * What one stream has yet to say. Each thing once, however often it changed, and never more than a hundred of a type: the size is
 * bounded whatever happens and however slowly the reader reads.
 */
export class PendingEvents {
  readonly #ids = new Map<LiveEventType, Set<string> | null>();

  add(type: LiveEventType, id: string | null): void {
    // Who reads everything anew needs to hear nothing more.
    if (this.#ids.has('reset')) return;
    if (type === 'reset') this.#ids.clear();
    const known = this.#ids.get(type);
    if (known === null) return;
    if (id === null || (known?.size ?? 0) >= MAX_NAMED) this.#ids.set(type, null);
    else if (known) known.add(id);
    else this.#ids.set(type, new Set([id]));
  }

  /** Takes out what is of these types; without, all. */
  take(wanted: (type: LiveEventType) => boolean = () => true): LiveEvent[] {
    const taken: LiveEvent[] = [];
    for (const [type, ids] of this.#ids) {
      if (!wanted(type)) continue;
      this.#ids.delete(type);
      if (ids === null) taken.push({ type, id: null });
      else for (const id of ids) taken.push({ type, id });
    }
    return taken;
  }
}
