'use client';
import type { Account, Me } from '@rollcall/contracts';
import { Button, Modal } from '@rollcall/ui';
import { Menu as MenuIcon } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import type { Theme } from '#web/lib/cookies.ts';
import { LiveMark, LiveProvider, LiveSpeech } from './live.tsx';
import { Logo } from './logo.tsx';
import { Nav } from './nav.tsx';
import { Keyboard } from './palette/keyboard.tsx';
import { PaletteButton } from './palette/palette-button.tsx';
import { UserMenu } from './user-menu.tsx';

interface ShellProps {
  me: Me;
  organizations: Account['organizations'];
  theme: Theme;
  children: ReactNode;
}

/** Navigation on the left, or behind a button on a phone; the page beside it. */
export function Shell({ me, organizations, theme, children }: ShellProps) {
  const [open, setOpen] = useState(false);
  const path = usePathname();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new path is what closes the panel
  useEffect(() => setOpen(false), [path]);
  return (
    <LiveProvider>
      <div className="min-h-dvh md:pl-58">
        <a
          href="#content"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-control focus:bg-primary focus:px-3 focus:py-1.5 focus:text-on-primary"
        >
          Skip to content
        </a>
        <aside className="fixed inset-y-0 left-0 hidden w-58 flex-col border-r bg-canvas p-3 md:flex">
          <Brand />
          <PaletteButton />
          <Nav />
          <LiveMark className="mt-auto px-2 pt-2" />
          <div className="mt-2 border-t pt-2">
            <UserMenu me={me} organizations={organizations} theme={theme} />
          </div>
        </aside>
        <header className="sticky top-0 z-30 flex h-13 items-center gap-2 border-b bg-canvas px-3 md:hidden">
          <Button variant="ghost" size="icon" aria-label="Open navigation" onClick={() => setOpen(true)}>
            <MenuIcon aria-hidden className="size-5" />
          </Button>
          <Brand compact />
          <PaletteButton compact />
        </header>
        <Modal side open={open} onOpenChange={setOpen} title="Navigation">
          <div className="flex h-full flex-col">
            <Brand />
            <Nav />
            <LiveMark className="mt-auto px-2 pt-2" />
            <div className="mt-2 border-t pt-2">
              <UserMenu me={me} organizations={organizations} theme={theme} />
            </div>
          </div>
        </Modal>
        <Keyboard />
        <main id="content" tabIndex={-1} className="mx-auto w-full max-w-6xl px-4 py-6 outline-none sm:px-8 sm:py-8">
          {children}
        </main>
        <LiveSpeech />
      </div>
    </LiveProvider>
  );
}

function Brand({ compact = false }: { compact?: boolean }) {
  return (
    <Link href="/" className={compact ? 'flex items-center gap-2' : 'mb-4 flex h-9 items-center gap-2 px-2'}>
      <Logo />
      <span className="font-semibold text-base tracking-tight">Rollcall</span>
    </Link>
  );
}
