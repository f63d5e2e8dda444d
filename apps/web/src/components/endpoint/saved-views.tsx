'use client';
import { Button, Input, Menu, MenuItem, MenuSeparator, Modal, plainText } from '@rollcall/ui';
import { Bookmark, BookmarkPlus, Link as LinkIcon, Trash2 } from 'lucide-react';
import Link from 'next/link';
import { type FormEvent, useState } from 'react';
import { toast } from 'sonner';

interface View {
  name: string;
  /** The query of the address, with its question mark. */
  query: string;
}

const KEY = 'rollcall-views';
const MAX_VIEWS = 30;
const BUILT_IN: View[] = [
  { name: 'Everything', query: '' },
  { name: 'Down now', query: '?status=down' },
  { name: 'Worst first', query: '?sort=status' },
  { name: 'Slowest first', query: '?sort=latency' },
];

function isView(value: unknown): value is View {
  const { name, query } = (value ?? {}) as Partial<View>;
  return typeof name === 'string' && typeof query === 'string' && /^(\?|$)/.test(query);
}

/** Kept in this browser; a browser that keeps nothing has none. */
function readViews(): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(KEY) ?? '[]');
    return Array.isArray(kept) ? kept.filter(isView).slice(0, MAX_VIEWS) : [];
  } catch {
    return [];
  }
}

function writeViews(views: View[]): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(views.slice(-MAX_VIEWS)));
  } catch {
    toast.error('This browser keeps nothing. Bookmark the address instead: the view is in it.');
  }
}

/** The query of the address without the page of the list. */
function currentQuery(): string {
  const query = new URLSearchParams(window.location.search);
  query.delete('cursor');
  return query.size === 0 ? '' : `?${query}`;
}

/** Views by name. A view is an address, so it can be sent to anybody. */
export function SavedViews() {
  const [views, setViews] = useState<View[]>([]);
  const [naming, setNaming] = useState(false);
  const keep = (next: View[]) => {
    setViews(next);
    writeViews(next);
  };
  const save = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    event.stopPropagation();
    const name = String(new FormData(event.currentTarget).get('name')).trim();
    keep([...readViews().filter((view) => view.name !== name), { name, query: currentQuery() }]);
    setNaming(false);
    toast.success(`The view ${plainText(name, 60)} is kept in this browser.`);
  };
  const copy = () =>
    navigator.clipboard?.writeText(`${window.location.origin}/endpoints${currentQuery()}`).then(
      () => toast.success('The address of this view is copied.'),
      () => toast.error('Copy the address by hand: the view is in it.'),
    );
  return (
    <>
      <Menu
        trigger={
          <Button className="h-9" onPointerDown={() => setViews(readViews())} onKeyDown={() => setViews(readViews())}>
            <Bookmark aria-hidden className="size-4" />
            Views
          </Button>
        }
      >
        {[...BUILT_IN, ...views].map((view) => (
          <MenuItem key={view.name} asChild>
            <Link href={`/endpoints${view.query}`} className="foreign">
              {plainText(view.name, 60)}
            </Link>
          </MenuItem>
        ))}
        <MenuSeparator />
        <MenuItem onSelect={() => setNaming(true)}>
          <BookmarkPlus aria-hidden />
          Save this view
        </MenuItem>
        <MenuItem onSelect={copy}>
          <LinkIcon aria-hidden />
          Copy its address
        </MenuItem>
        {views.length === 0 ? null : (
          <MenuItem danger onSelect={() => keep([])}>
            <Trash2 aria-hidden />
            Forget my views
          </MenuItem>
        )}
      </Menu>
      <Modal open={naming} onOpenChange={setNaming} title="Save this view" description="Search, filters and order, kept in this browser.">
        <form onSubmit={save} className="flex gap-2">
          <Input name="name" aria-label="Name of the view" required maxLength={60} autoFocus />
          <Button type="submit" variant="primary" className="h-9">
            Save
          </Button>
        </form>
      </Modal>
    </>
  );
}
