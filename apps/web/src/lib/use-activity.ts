'use client';
import { useSyncExternalStore } from 'react';

/** Somebody who pointed, scrolled or typed within this time is about to do something with what is on the screen. */
const ACTIVE_MS = 8000;
const SIGNS = ['pointermove', 'pointerdown', 'wheel', 'touchmove', 'keydown'] as const;

const told = new Set<() => void>();
let active = false;
let timer: ReturnType<typeof setTimeout> | undefined;

function turn(to: boolean): void {
  active = to;
  for (const tell of told) tell();
}

function sign(): void {
  clearTimeout(timer);
  timer = setTimeout(turn, ACTIVE_MS, false);
  if (!active) turn(true);
}

function subscribe(tell: () => void): () => void {
  if (told.size === 0) for (const type of SIGNS) addEventListener(type, sign, { passive: true, capture: true });
  told.add(tell);
  return () => {
    told.delete(tell);
    if (told.size === 0) for (const type of SIGNS) removeEventListener(type, sign, { capture: true });
  };
}

/** Whether somebody is using the page just now, by pointer, finger or key. */
export function useIsActive(): boolean {
  return useSyncExternalStore(
    subscribe,
    () => active,
    () => false,
  );
}
