import type { PublicPage } from '@rollcall/contracts';
import { Button } from '@rollcall/ui';
import { Rss } from 'lucide-react';
import Link from 'next/link';
import type { CSSProperties, ReactNode } from 'react';
import { accentPair } from '#web/lib/accent.ts';

function accentStyle(hex: string | null): CSSProperties | undefined {
  if (hex === null || !/^#[0-9a-f]{6}$/i.test(hex)) return undefined;
  const { light, dark } = accentPair(hex);
  return { '--accent': `light-dark(${light}, ${dark})` } as CSSProperties;
}

/** What stands around every page of one status page: whose it is, how to hear of it, who makes it. */
export function StatusShell({ page, children }: { page: PublicPage['page']; children: ReactNode }) {
  const base = `/status/${page.slug}`;
  return (
    <div style={accentStyle(page.accentColor)} className="min-h-dvh border-accent border-t-4">
      {[
        ['application/atom+xml', 'feed.atom', 'Atom'],
        ['application/rss+xml', 'feed.rss', 'RSS'],
        ['application/feed+json', 'feed.json', 'JSON Feed'],
      ].map(([type, file, name]) => (
        <link key={file} rel="alternate" type={type} href={`${base}/${file}`} title={`${page.title} (${name})`} />
      ))}
      <div className="mx-auto flex min-h-[calc(100dvh-4px)] w-full max-w-200 flex-col px-4 sm:px-6">
        <header className="flex flex-wrap items-center gap-x-4 gap-y-3 py-6">
          <Link href={base} className="flex min-w-0 items-center gap-3 font-semibold text-lg tracking-tight">
            {page.logo === null ? null : (
              // biome-ignore lint/performance/noImgElement: a data: URL of the owner, nothing to optimise or to fetch
              <img src={page.logo} alt="" className="max-h-9 max-w-40 object-contain" />
            )}
            <span className="foreign">{page.title}</span>
          </Link>
          <nav aria-label="Page" className="ml-auto flex items-center gap-2">
            {page.homepageUrl === null ? null : (
              <a href={page.homepageUrl} rel="noopener" className="px-2 text-muted text-sm underline-offset-2 hover:underline">
                Website
              </a>
            )}
            <Button asChild>
              <a href={`${base}#subscribe`}>
                <Rss aria-hidden className="size-4" />
                Subscribe
              </a>
            </Button>
          </nav>
        </header>
        <main className="flex flex-1 flex-col gap-8">{children}</main>
        <footer className="mt-12 border-t py-6 text-faint text-xs">Status page by Rollcall, uptime monitoring for MCP servers</footer>
      </div>
    </div>
  );
}
