import type { ReactNode } from 'react';
import { PublicShell } from '#web/components/public-shell.tsx';

export default function CheckLayout({ children }: { children: ReactNode }) {
  return (
    <PublicShell home="/check" nav="Site">
      {children}
    </PublicShell>
  );
}
