import type { ReactNode } from 'react';
import { SettingsNav } from '#web/components/settings/settings-nav.tsx';

export default function SettingsLayout({ children }: { children: ReactNode }) {
  return (
    <div className="grid items-start gap-x-10 gap-y-6 lg:grid-cols-[9rem_minmax(0,1fr)]">
      <SettingsNav />
      <div className="min-w-0 max-w-3xl">{children}</div>
    </div>
  );
}
