'use client';
import { address } from '@rollcall/client';
import type { Endpoint, ToolChange, ToolsSeen } from '@rollcall/contracts';
import { Button, Callout, Card, CardHeader, CodeBlock, Empty, formatBytes, plainText, plural, Skeleton } from '@rollcall/ui';
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { GitCompareArrows, Wrench } from 'lucide-react';
import { useState } from 'react';
import { toast } from 'sonner';
import { Time } from '#web/components/clock.tsx';
import { api } from '#web/lib/api-browser.ts';
import { messageOf } from '#web/lib/api-error.ts';
import { useLive } from '#web/lib/use-live.ts';
import { ToolChangeRow } from './tool-change.tsx';
import { ToolList } from './tool-list.tsx';

/** What the server offers now, and how that came about. */
export function ToolsTab({ endpoint }: { endpoint: Endpoint }) {
  const { data: tools } = useLive(address('/endpoints/{id}/tools', { path: { id: endpoint.id } }), undefined, { everyMs: 30_000 });
  if (tools === undefined) return <Skeleton className="h-72" />;
  return (
    <div className="flex flex-col gap-6">
      {tools.baseline === null || tools.baseline.same ? null : (
        <Callout tone="degraded" icon={<GitCompareArrows />} title="The tools differ from their baseline">
          {plural(tools.baseline.count, 'tool')} then, {plural(tools.count, 'tool')} now. Accept the newest change below, and what is
          offered now is what later changes are measured by.
        </Callout>
      )}
      <Card aria-labelledby="tools-heading">
        <CardHeader id="tools-heading" title={plural(tools.count, 'tool')} hint={<Seen tools={tools} />} />
        {tools.data.length === 0 ? (
          <Empty icon={<Wrench aria-hidden className="size-5" />} title="No tool is known">
            The list is shown once two probes in a row have read it whole.
          </Empty>
        ) : (
          <ToolList tools={tools.data} />
        )}
      </Card>
      {tools.instructions === null || tools.instructions === '' ? null : (
        <CodeBlock wrap label="Instructions that the server gives to the model" code={plainText(tools.instructions, 20_000)} />
      )}
      <Changes endpointId={endpoint.id} />
    </div>
  );
}

function Seen({ tools }: { tools: ToolsSeen }) {
  const bytes = new TextEncoder().encode(JSON.stringify(tools.data)).length;
  return (
    <>
      {formatBytes(bytes)} in a model's context
      {tools.observedAt === null ? null : (
        <>
          , seen <Time at={tools.observedAt} />
        </>
      )}
    </>
  );
}

function Changes({ endpointId }: { endpointId: string }) {
  const path = { id: endpointId };
  const pageAt = (cursor: string | null) => address('/endpoints/{id}/tool-changes', { path, query: { limit: 20, cursor } });
  const queries = useQueryClient();
  const [accepting, setAccepting] = useState<string | null>(null);
  const { data, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery({
    queryKey: [pageAt(null), 'pages'],
    queryFn: ({ pageParam, signal }) => api.read(pageAt(pageParam), { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
  });
  const accept = async ({ id }: ToolChange) => {
    setAccepting(id);
    try {
      await api.post('/endpoints/{id}/tool-changes/{changeId}/acknowledge', { path: { ...path, changeId: id } });
      await queries.invalidateQueries();
      toast.success('This is the baseline now.');
    } catch (error) {
      toast.error(messageOf(error));
    } finally {
      setAccepting(null);
    }
  };
  if (data === undefined) return <Skeleton className="h-32" />;
  const changes = data.pages.flatMap((page) => page.data);
  return (
    <Card aria-labelledby="changes-heading">
      <CardHeader id="changes-heading" title="History" hint="changes that two probes in a row have shown" />
      {changes.length === 0 ? (
        <p className="px-4 py-5 text-muted text-sm">Nothing has changed since the tools were first seen.</p>
      ) : (
        <ul className="divide-y">
          {changes.map((change) => (
            <ToolChangeRow key={change.id} change={change} busy={accepting === change.id} onAccept={() => accept(change)} />
          ))}
        </ul>
      )}
      {hasNextPage ? (
        <div className="border-t p-3 text-center">
          <Button busy={isFetchingNextPage} onClick={() => fetchNextPage()}>
            Older changes
          </Button>
        </div>
      ) : null}
    </Card>
  );
}
