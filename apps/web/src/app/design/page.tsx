import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { connection } from 'next/server';
import { Formats } from '#web/components/design/formats.tsx';
import { Overlays } from '#web/components/design/overlays.tsx';
import { Primitives } from '#web/components/design/primitives.tsx';
import { Statuses } from '#web/components/design/statuses.tsx';
import { Tokens } from '#web/components/design/tokens.tsx';
import { showsDesignPage } from '#web/lib/env.ts';

export const metadata: Metadata = { title: 'Design', robots: { index: false } };

const THEMES = ['light', 'dark'] as const;

/** What everything is built of, in both themes side by side. */
export default async function DesignPage() {
  await connection();
  if (!showsDesignPage()) notFound();
  return (
    <main className="mx-auto flex max-w-[100rem] flex-col gap-8 px-4 py-8 sm:px-8">
      <header>
        <h1 className="font-semibold text-2xl tracking-tight">Design</h1>
        <p className="text-muted text-sm">Tokens and primitives of packages/ui. Pages are made of these and of nothing else.</p>
      </header>
      <div className="grid gap-6 xl:grid-cols-2">
        {THEMES.map((theme) => (
          // light-dark() follows color-scheme, so a part of a page may be in the other theme.
          <section
            key={theme}
            aria-label={`In ${theme}`}
            style={{ colorScheme: theme }}
            className="min-w-0 rounded-card border bg-canvas p-4 text-ink sm:p-6"
          >
            <h2 className="mb-5 font-semibold text-lg capitalize">{theme}</h2>
            <div className="flex flex-col gap-8">
              <Tokens />
              <Statuses />
              <Primitives theme={theme} />
            </div>
          </section>
        ))}
      </div>
      <Overlays />
      <Formats />
    </main>
  );
}
