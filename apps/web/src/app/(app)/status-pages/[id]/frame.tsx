import type { StatusPage } from '@rollcall/contracts';
import { Button, plainText } from '@rollcall/ui';
import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { PageHeader } from '#web/components/page-header.tsx';
import { Sections } from '#web/components/sections.tsx';

const SECTIONS = [
  { id: 'page', title: 'Page' },
  { id: 'reports', title: 'Reports' },
  { id: 'subscribers', title: 'Subscribers' },
] as const;

/** What stands around every part of one status page. */
export function StatusPageFrame({ page, tab, children }: { page: StatusPage; tab: (typeof SECTIONS)[number]['id']; children: ReactNode }) {
  return (
    <>
      <PageHeader
        back={
          <Link href="/status-pages" className="text-muted hover:text-ink hover:underline">
            Status pages
          </Link>
        }
        title={plainText(page.title, 120)}
        lead={<span className="foreign">{page.published ? page.url : 'Not published yet: nobody outside sees it.'}</span>}
        actions={
          page.published ? (
            <Button asChild>
              <a href={`/status/${page.slug}`} target="_blank" rel="noreferrer">
                Open
                <span className="sr-only"> the public page in a new tab</span>
                <ArrowUpRight aria-hidden className="size-4" />
              </a>
            </Button>
          ) : undefined
        }
      />
      <Sections label="Status page" path={`/status-pages/${page.id}`} current={tab} sections={SECTIONS} />
      {children}
    </>
  );
}
