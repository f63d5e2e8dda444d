'use client';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { toast } from 'sonner';
import { messageOf } from './api-error.ts';

/**
 * Runs one thing at a time, then asks anew for everything on the screen. `busy` names what runs. A failure becomes a toast, or goes
 * to `onError`; the promise says whether it went well.
 */
export function useAction<Name extends string>(onError: (error: unknown) => void = (error) => void toast.error(messageOf(error))) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<Name | null>(null);
  const run = async (name: Name, work: () => Promise<unknown>): Promise<boolean> => {
    setBusy(name);
    try {
      await work();
      await queries.invalidateQueries();
      return true;
    } catch (error) {
      onError(error);
      return false;
    } finally {
      setBusy(null);
    }
  };
  return { busy, run };
}
