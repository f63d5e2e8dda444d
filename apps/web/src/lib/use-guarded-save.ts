'use client';
import type { AuditLogEntry } from '@rollcall/contracts';
import { useCallback, useEffect, useRef, useState } from 'react';
import { api } from './api-browser.ts';
import { ApiError } from './api-error.ts';
import { type Difference, differencesOf } from './audit-diff.ts';
import { changedMembers } from './changed.ts';

/** What somebody else did to it since the form was filled, and what would be saved over it. */
export interface Conflict<T, B> {
  readonly theirs: T;
  readonly etag: string;
  /** Of the members that the form knows; empty when only what is never shown changed, such as a secret. */
  readonly differences: readonly Difference[];
  /** The newest entry of the audit log about it; null for who may not read that. */
  readonly by: AuditLogEntry | null;
  readonly body: B;
}

export interface Guarded<T, B> {
  /** What is there now, with the ETag that names it. */
  readonly read: () => Promise<{ readonly data: T; readonly etag: string | null }>;
  /** Stores over the version that the ETag names (RFC 9110 §13.1.1); another answers 412. */
  readonly write: (body: B, ifMatch: string) => Promise<T>;
  /** Its id, as the audit log names it. */
  readonly target: string;
  /** What the form was filled from. */
  readonly known: T;
  /** What the form edits. */
  readonly members: readonly (keyof T & string)[];
  /** Of these, what a button beside the form switches: a change of nothing else is no conflict. */
  readonly harmless?: readonly (keyof T & string)[];
  readonly onSaved: (saved: T) => unknown;
}

function pick<T extends object>(value: T, members: readonly (keyof T & string)[]): Partial<T> {
  return Object.fromEntries(members.map((name) => [name, value[name]])) as Partial<T>;
}

async function lastChange(target: string): Promise<AuditLogEntry | null> {
  const found = await api.get('/audit-log', { query: { limit: 1, target } }).catch(() => null);
  return found?.data[0] ?? null;
}

/**
 * Saves only over the version that the form was filled from: the ETag is read when the form appears, and a change in
 * between becomes a conflict that the person decides (SaveConflict). Only what differs from `known` is sent.
 */
export function useGuardedSave<T extends object, B extends object>(guarded: Guarded<T, B>) {
  const { target, known, members, harmless = [], write, onSaved } = guarded;
  const [conflict, setConflict] = useState<Conflict<T, B> | null>(null);
  const names = useRef(members);
  const present = useRef(guarded.read);
  /** The version of `known`; null when it is no longer the present one. */
  const version = useRef<Promise<string | null> | null>(null);
  const read = useCallback(async () => {
    const { data, etag } = await present.current();
    const isKnown = Object.keys(changedMembers(pick(data, names.current), known)).length === 0;
    return isKnown ? etag : null;
  }, [known]);
  useEffect(() => {
    // One that cannot be read now is read when it is needed.
    version.current = read();
    version.current.catch(() => {
      version.current = null;
    });
  }, [read]);

  const meet = async (body: B): Promise<boolean> => {
    const [{ data: theirs, etag: now }, by] = await Promise.all([present.current(), lastChange(target)]);
    const etag = now ?? '*';
    const differences = differencesOf(pick(known, names.current), pick(theirs, names.current));
    if (differences.length > 0 && differences.every((one) => harmless.some((name) => name === one.path))) return send(body, etag);
    setConflict({ theirs, etag, differences, by, body });
    return false;
  };
  const send = async (body: B, etag: string): Promise<boolean> => {
    try {
      const saved = await write(body, etag);
      setConflict(null);
      await onSaved(saved);
      return true;
    } catch (error) {
      if (!(error instanceof ApiError && error.status === 412)) throw error;
      return meet(body);
    }
  };
  return {
    conflict,
    close: () => setConflict(null),
    /** False when somebody was faster: the conflict is shown then. @throws ApiError */
    save: async (body: B): Promise<boolean> => {
      const etag = await (version.current ?? read());
      return etag === null ? meet(body) : send(body, etag);
    },
    /** Over the version that the conflict showed, and no newer one. @throws ApiError */
    overwrite: async (): Promise<boolean> => conflict !== null && send(conflict.body, conflict.etag),
  };
}
