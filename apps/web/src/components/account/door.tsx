import type { ReactNode } from 'react';
import { Logo } from '#web/components/logo.tsx';

/** The frame of the pages before the dashboard: sign-in, sign-up and what a mail leads to. */
export function Door({ title, lead, children }: { title: string; lead?: string; children: ReactNode }) {
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-90 flex-col justify-center px-5 py-12">
      <div className="mb-7 flex flex-col gap-4">
        <Logo size={36} />
        <div>
          <h1 className="text-balance font-semibold text-xl tracking-tight">{title}</h1>
          {lead === undefined ? null : <p className="mt-1 text-muted text-sm">{lead}</p>}
        </div>
      </div>
      {children}
    </main>
  );
}

/** A link below the form of a door. */
export function DoorLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a href={href} className="text-muted text-sm underline-offset-4 hover:text-ink hover:underline">
      {children}
    </a>
  );
}
