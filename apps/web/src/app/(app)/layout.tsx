import { address } from '@rollcall/client';
import type { Me } from '@rollcall/contracts';
import { cookies } from 'next/headers';
import type { ReactNode } from 'react';
import { NoOrganization } from '#web/components/account/no-organization.tsx';
import { Shell } from '#web/components/shell.tsx';
import { ApiError } from '#web/lib/api-error.ts';
import { apiGet } from '#web/lib/api-server.ts';
import { readTheme, THEME_COOKIE } from '#web/lib/cookies.ts';

/** Every page of the dashboard: the API says who is signed in, or sends the reader to sign in. */
export default async function DashboardLayout({ children }: { children: ReactNode }) {
  const [me, account, jar] = await Promise.all([meOrNone(), apiGet(address('/account')), cookies()]);
  if (me === null) return <NoOrganization account={account} />;
  return (
    <Shell me={me} organizations={account.organizations} theme={readTheme(jar.get(THEME_COOKIE)?.value)}>
      {children}
    </Shell>
  );
}

/** Null: signed in, and a member of nothing. */
async function meOrNone(): Promise<Me | null> {
  return apiGet(address('/me')).catch((error: unknown) => {
    if (error instanceof ApiError && error.status === 403) return null;
    throw error;
  });
}
