'use client';
import { Button, Card, Empty, Skeleton } from '@rollcall/ui';
import { CloudOff } from 'lucide-react';
import { useEffect } from 'react';

/** A page on its way: the heights of what will come, so that nothing jumps. */
export function PageSkeleton({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status">
      <span className="sr-only">Loading</span>
      <Skeleton className="mb-8 h-8 w-56" />
      <Card className="divide-y">
        {Array.from({ length: rows }, (_, row) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: placeholders have no identity
          <div key={row} className="flex h-14 items-center gap-4 px-4">
            <Skeleton className="h-4 w-1/3" />
            <Skeleton className="ml-auto h-4 w-20" />
          </div>
        ))}
      </Card>
    </div>
  );
}

/** A page that failed: says so without details of ours, and offers the way back. */
export function PageFailure({ error, reset }: { error: Error & { digest?: string }; reset: () => void }) {
  useEffect(() => console.error(error), [error]);
  return (
    <Card>
      <Empty
        icon={<CloudOff aria-hidden className="size-5" />}
        title="This page could not be loaded"
        action={<Button onClick={reset}>Try again</Button>}
      >
        Rollcall did not answer as expected. Monitoring and alerts run on their own and are not affected by this page.
        {error.digest === undefined ? null : <span className="mt-2 block font-mono text-2xs">Reference {error.digest}</span>}
      </Empty>
    </Card>
  );
}
