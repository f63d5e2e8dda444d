'use client';
import type { Endpoint, Report } from '@rollcall/contracts';
import { Button, plainText } from '@rollcall/ui';
import { useQueryClient } from '@tanstack/react-query';
import { Pause, Play, Zap } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { toastWithUndo } from '#web/lib/toast-with-undo.ts';

/** Run now, pause, resume. */
export function EndpointActions({ endpoint, onReport }: { endpoint: Endpoint; onReport: (report: Report) => void }) {
  const queries = useQueryClient();
  const [busy, setBusy] = useState<'run' | 'pause' | null>(null);
  const act = async (which: 'run' | 'pause', work: () => Promise<void>) => {
    setBusy(which);
    try {
      await work();
      await queries.invalidateQueries();
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      setBusy(null);
    }
  };
  const run = () => act('run', async () => onReport(await api.post('/endpoints/{id}/probe', { path: { id: endpoint.id } })));
  const setPaused = (paused: boolean) =>
    act('pause', async () => {
      await api.patch('/endpoints/{id}', { path: { id: endpoint.id }, body: { paused } });
      const name = plainText(endpoint.name, 60);
      toastWithUndo(paused ? `${name} is paused.` : `${name} is probed again.`, () => setPaused(!paused));
    });
  return (
    <>
      <Button busy={busy === 'pause'} onClick={() => setPaused(!endpoint.paused)}>
        {endpoint.paused ? <Play aria-hidden className="size-4" /> : <Pause aria-hidden className="size-4" />}
        {endpoint.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button variant="primary" busy={busy === 'run'} onClick={run}>
        <Zap aria-hidden className="size-4" />
        Run now
      </Button>
    </>
  );
}
