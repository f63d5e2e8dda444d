import type { ReactNode } from 'react';

/** One thing that can be taken along or ended: what it means, and the button. */
export function EndRow({ title, children, action }: { title: string; children: ReactNode; action: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-3 p-4 text-sm">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{title}</p>
        <div className="text-muted">{children}</div>
      </div>
      {action}
    </div>
  );
}
