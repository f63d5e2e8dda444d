'use client';
import { Button, plural } from '@rollcall/ui';
import { ArrowUp } from 'lucide-react';

/** Says that new rows wait, and lets them in; its place is kept while there are none. */
export function WaitingRows({ waiting, noun, show }: { waiting: number; noun: string; show: () => void }) {
  return (
    <span role="status" className="inline-flex h-7 items-center">
      {waiting === 0 ? null : (
        <Button size="sm" onClick={show}>
          <ArrowUp aria-hidden className="size-3.5" />
          {plural(waiting, `new ${noun}`)}
        </Button>
      )}
    </span>
  );
}
