import type { ReactNode } from 'react';

/** The one h1 of a page, with what can be done on it. */
export function PageHeader({ title, lead, actions, back }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode; back?: ReactNode }) {
  return (
    <div className="mb-6">
      {back === undefined ? null : <div className="mb-2 text-sm">{back}</div>}
      <div className="flex flex-wrap items-center gap-x-4 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h1 className="foreign line-clamp-3 font-semibold text-xl tracking-tight">{title}</h1>
          {lead === undefined ? null : <div className="mt-0.5 text-muted text-sm">{lead}</div>}
        </div>
        {actions === undefined ? null : <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
    </div>
  );
}
