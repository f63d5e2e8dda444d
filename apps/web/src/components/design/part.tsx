import type { ReactNode } from 'react';

/** One group of examples with its name. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="min-w-0">
      <h3 className="mb-3 font-medium text-muted text-xs">{title}</h3>
      {children}
    </div>
  );
}
