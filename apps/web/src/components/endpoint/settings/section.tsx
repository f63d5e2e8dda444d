import { Card } from '@rollcall/ui';
import { type ReactNode, useId } from 'react';

/** What is wrong at a place of the body: `expect/latencyMs`. */
export type FieldErrors = (pointer: string) => string | undefined;

/** One theme of the settings: its name and reason on the left, its fields on the right. */
export function Section({ title, lead, children }: { title: string; lead: ReactNode; children: ReactNode }) {
  const id = useId();
  return (
    <Card aria-labelledby={id} className="grid gap-x-8 gap-y-4 p-4 sm:p-5 lg:grid-cols-[220px_1fr]">
      <div>
        <h2 id={id} className="font-medium text-sm">
          {title}
        </h2>
        <p className="mt-1 text-balance text-muted text-xs">{lead}</p>
      </div>
      <div className="grid min-w-0 content-start gap-4 sm:grid-cols-2">{children}</div>
    </Card>
  );
}
