'use client';
import { address } from '@rollcall/client';
import type { Page, StatusPage } from '@rollcall/contracts';
import { Button, Card, Chip, Empty, Field, Input, Modal, plainText, plural } from '@rollcall/ui';
import { ArrowUpRight, Plus, RadioTower } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';
import { PageHeader } from '#web/components/page-header.tsx';
import { api } from '#web/lib/api-browser.ts';
import { ApiError, messageOf } from '#web/lib/api-error.ts';
import { useAction } from '#web/lib/use-action.ts';
import { useLive } from '#web/lib/use-live.ts';

export function StatusPagesClient({ initial }: { initial: Page<StatusPage> }) {
  const [making, setMaking] = useState(false);
  const { data: pages = initial } = useLive(address('/status-pages', { query: { limit: 200 } }), initial, { everyMs: 30_000 });
  const add = (
    <Button variant="primary" onClick={() => setMaking(true)}>
      <Plus aria-hidden className="size-4" />
      New status page
    </Button>
  );
  return (
    <>
      <PageHeader title="Status pages" lead="What your users see: some endpoints under names they know." actions={add} />
      <Card aria-label="Status pages">
        {pages.data.length === 0 ? (
          <Empty icon={<RadioTower aria-hidden className="size-5" />} title="No status page yet" action={add}>
            A page shows the public how the endpoints you choose are, and tells subscribers when that changes.
          </Empty>
        ) : (
          <ul className="divide-y">
            {pages.data.map((page) => (
              <Row key={page.id} page={page} />
            ))}
          </ul>
        )}
      </Card>
      <Modal open={making} onOpenChange={setMaking} title="New status page">
        <CreateForm />
      </Modal>
    </>
  );
}

function Row({ page }: { page: StatusPage }) {
  const title = plainText(page.title, 120);
  return (
    <li className="relative flex flex-wrap items-center gap-x-4 gap-y-2 px-4 py-3.5 hover:bg-hover">
      <div className="min-w-0 flex-1 basis-52">
        <Link prefetch={false} href={`/status-pages/${page.id}`} className="foreign font-medium after:absolute after:inset-0">
          {title}
        </Link>
        <p className="foreign text-muted text-sm">
          {page.customDomain ?? `/status/${page.slug}`} · {plural(page.components.length, 'component')}
        </p>
      </div>
      <div className="flex flex-wrap items-center gap-2">
        {page.published ? null : <Chip>not published</Chip>}
        {page.passwordProtected ? <Chip>password</Chip> : null}
        {page.published ? (
          <Button asChild size="sm" className="relative">
            <a href={`/status/${page.slug}`} target="_blank" rel="noreferrer">
              Open
              <span className="sr-only"> {title} in a new tab</span>
              <ArrowUpRight aria-hidden className="size-3.5" />
            </a>
          </Button>
        ) : null}
      </div>
    </li>
  );
}

/** "Acme Tools" → "acme-tools". */
const slugOf = (title: string) =>
  title
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 63);

/** Title and address; everything else is in the editor. A new page is not published until somebody says so there. */
function CreateForm() {
  const router = useRouter();
  const [title, setTitle] = useState('');
  const [slug, setSlug] = useState<string | null>(null);
  const [error, setError] = useState<ApiError | null>(null);
  const { busy, run } = useAction<'make'>((failure) => {
    if (failure instanceof ApiError && failure.status < 500) setError(failure);
    else toast.error(messageOf(failure));
  });
  const shownSlug = slug ?? slugOf(title);
  const make = (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    return run('make', async () => {
      const body = { title: title.trim(), slug: shownSlug, published: false };
      const made = await api.post('/status-pages', { body });
      router.push(`/status-pages/${made.id}`);
    });
  };
  return (
    <form onSubmit={make} className="flex flex-col gap-4">
      <Field label="Title" error={error?.fieldError('title')}>
        {(ids) => (
          <Input
            {...ids}
            required
            maxLength={120}
            placeholder="Acme tools"
            value={title}
            onChange={(event) => setTitle(event.target.value)}
          />
        )}
      </Field>
      <Field label="Slug" hint={`The address: /status/${shownSlug || '…'}`} error={error?.fieldError('slug')}>
        {(ids) => (
          <Input {...ids} required maxLength={63} spellCheck={false} value={shownSlug} onChange={(event) => setSlug(event.target.value)} />
        )}
      </Field>
      {error === null || (error.problem?.errors?.length ?? 0) > 0 ? null : <p className="text-danger text-sm">{messageOf(error)}</p>}
      <Button type="submit" variant="primary" busy={busy === 'make'}>
        Make it and choose what it shows
      </Button>
    </form>
  );
}
