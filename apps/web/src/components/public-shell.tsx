import Link from 'next/link';
import type { ReactNode } from 'react';
import { Logo } from '#web/components/logo.tsx';

/** Around pages for everyone, signed in or not. `home` is where the logo leads. */
export function PublicShell({ home, nav, children }: { home: string; nav: string; children: ReactNode }) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-3xl flex-col px-4 sm:px-6">
      <header className="flex items-center gap-3 border-b py-4">
        <Link href={home} className="inline-flex items-center gap-2 font-semibold">
          <Logo />
          Rollcall
        </Link>
        <nav aria-label={nav} className="ml-auto flex gap-4 text-sm">
          <Link href="/docs/causes" className="text-muted hover:text-ink hover:underline">
            All causes
          </Link>
          <Link href="/" className="text-muted hover:text-ink hover:underline">
            Dashboard
          </Link>
        </nav>
      </header>
      <main className="flex-1 py-8">{children}</main>
      <footer className="border-t py-6 text-faint text-xs">Rollcall: uptime monitoring for MCP servers that names the cause.</footer>
    </div>
  );
}
