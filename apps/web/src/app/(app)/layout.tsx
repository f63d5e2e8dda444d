import type { Me } from '@rollcall/contracts';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { Shell } from '#web/components/shell.tsx';
import { apiGet } from '#web/lib/api-server.ts';
import { readTheme, THEME_COOKIE } from '#web/lib/cookies.ts';

/** Every page of the dashboard: the API says who is signed in, or sends the reader to sign in. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [me, jar] = await Promise.all([apiGet<Me>('/me'), cookies()]);
  return (
    <Shell me={me} theme={readTheme(jar.get(THEME_COOKIE)?.value)}>
      {children}
    </Shell>
  );
}
