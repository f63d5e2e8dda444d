'use client';
import { TooltipProvider } from '@rollcall/ui';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { NuqsAdapter } from 'nuqs/adapters/next/app';
import { type ReactNode, useState } from 'react';
import { Toaster } from 'sonner';
import { ApiError } from '#web/lib/api-error.ts';
import { ClockProvider } from './clock.tsx';

export function Providers({
  serverNowMs,
  zone,
  theme,
  children,
}: {
  serverNowMs: number;
  zone: string;
  theme: 'light' | 'dark' | 'system';
  children: ReactNode;
}) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: {
            // What the server just rendered is fresh; the interval takes over from there.
            staleTime: 4000,
            retry: (failures, error) => !(error instanceof ApiError && error.status < 500) && failures < 3,
          },
        },
      }),
  );
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <TooltipProvider delayDuration={300}>
          <ClockProvider serverNowMs={serverNowMs} zone={zone}>
            {children}
          </ClockProvider>
        </TooltipProvider>
        <Toaster theme={theme} position="bottom-right" mobileOffset={12} closeButton toastOptions={{ className: 'font-sans' }} />
      </NuqsAdapter>
    </QueryClientProvider>
  );
}
