import type { ReactNode } from 'react';
import { PublicShell } from '#web/components/public-shell.tsx';

/** Nothing on these pages needs a script. */
export default function DocsLayout({ children }: { children: ReactNode }) {
  return (
    <PublicShell home="/" nav="Documentation">
      {children}
    </PublicShell>
  );
}
