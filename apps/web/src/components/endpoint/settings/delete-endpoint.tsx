'use client';
import type { Endpoint } from '@rollcall/contracts';
import { Button, Card, Confirm, plainText } from '@rollcall/ui';
import { useRouter } from 'next/navigation';
import { toast } from 'sonner';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';

/** The last thing that can be done to an endpoint. */
export function DeleteEndpoint({ endpoint }: { endpoint: Endpoint }) {
  const router = useRouter();
  const remove = async () => {
    try {
      await api.delete('/endpoints/{id}', { path: { id: endpoint.id } });
      toast.success(`${plainText(endpoint.name, 60)} is deleted.`);
      router.push('/endpoints');
      router.refresh();
    } catch (error) {
      toast.error(messageOf(error));
    }
  };
  return (
    <Card aria-label="Delete" className="flex flex-wrap items-center gap-3 p-4 sm:p-5">
      <div className="min-w-0 flex-1 basis-60">
        <p className="font-medium text-sm">Delete this endpoint</p>
        <p className="text-muted text-sm">Its history and incidents go with it. To stop probing for a while, pause it.</p>
      </div>
      <Confirm
        trigger={<Button variant="danger">Delete</Button>}
        title={`Delete ${plainText(endpoint.name, 80)}?`}
        description="Probes, incidents and history of this endpoint are deleted. This cannot be undone."
        action="Delete"
        onConfirm={remove}
      />
    </Card>
  );
}
