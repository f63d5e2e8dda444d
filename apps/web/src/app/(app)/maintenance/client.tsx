'use client';
import { address } from '@rollcall/client';
import type { Maintenance, Page } from '@rollcall/contracts';
import { Button, Card, CardHeader, Empty, Modal } from '@rollcall/ui';
import { CalendarClock, Plus } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { usePagesOf } from '#web/components/maintenance/use-pages-of.ts';
import { ChangeWindow, NewWindow } from '#web/components/maintenance/window-form.tsx';
import { WindowRow } from '#web/components/maintenance/window-row.tsx';
import { PageHeader } from '#web/components/page-header.tsx';
import { useLive } from '#web/lib/use-live.ts';

const startOf = (window: Maintenance) => window.next?.from ?? window.startsAt;

export function MaintenanceClient({ initial, announce }: { initial: Page<Maintenance>; announce: boolean }) {
  const { data: windows = initial } = useLive(address('/maintenance-windows', { query: { limit: 200 } }), initial);
  const [editing, setEditing] = useState<Maintenance | 'new' | null>(announce ? 'new' : null);
  const pagesOf = usePagesOf(windows.data);
  const sorted = windows.data.toSorted((a, b) => startOf(a).localeCompare(startOf(b)));
  const lists = [
    { id: 'active', title: 'Going on', windows: sorted.filter(({ active }) => active) },
    { id: 'coming', title: 'Coming', windows: sorted.filter(({ active, next }) => !active && next !== null) },
    { id: 'past', title: 'Past', windows: sorted.filter(({ next }) => next === null).reverse() },
  ].filter((list) => list.windows.length > 0);
  const add = (
    <Button variant="primary" onClick={() => setEditing('new')}>
      <Plus aria-hidden className="size-4" />
      Announce maintenance
    </Button>
  );
  const onDone = (saved: Maintenance) => {
    setEditing(null);
    toast.success(saved.active ? 'It has begun.' : 'It is announced.');
  };
  return (
    <>
      <PageHeader
        title="Maintenance"
        lead="Probes go on, nobody is told, and the time counts neither as up nor as down."
        actions={windows.data.length === 0 ? undefined : add}
      />
      {lists.length === 0 ? (
        <Card>
          <Empty icon={<CalendarClock aria-hidden className="size-5" />} title="Nothing is planned" action={add}>
            Announce work before you begin: alerts stay quiet, and your status pages say what is going on.
          </Empty>
        </Card>
      ) : (
        <div className="flex flex-col gap-6">
          {lists.map(({ id, title, windows: listed }) => (
            <Card key={id} aria-labelledby={`${id}-heading`}>
              <CardHeader id={`${id}-heading`} title={title} />
              <ul className="divide-y">
                {listed.map((window) => (
                  <WindowRow key={window.id} window={window} pages={pagesOf(window)} onEdit={() => setEditing(window)} />
                ))}
              </ul>
            </Card>
          ))}
        </div>
      )}
      <Modal
        open={editing !== null}
        onOpenChange={(open) => !open && setEditing(null)}
        title={editing === 'new' ? 'Announce maintenance' : 'Change the maintenance'}
      >
        {editing === null ? null : editing === 'new' ? <NewWindow onDone={onDone} /> : <ChangeWindow window={editing} onDone={onDone} />}
      </Modal>
    </>
  );
}
