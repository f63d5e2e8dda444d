'use client';
import { Button } from '@rollcall/ui';
import { Search } from 'lucide-react';

const open = () => window.dispatchEvent(new Event('rollcall:palette'));

/** For whoever does not know the key. */
export function PaletteButton({ compact = false }: { compact?: boolean }) {
  if (compact) {
    return (
      <Button variant="ghost" size="icon" aria-label="Commands and search" className="ml-auto" onClick={open}>
        <Search aria-hidden className="size-5" />
      </Button>
    );
  }
  return (
    <button
      type="button"
      onClick={open}
      aria-keyshortcuts="Control+K Meta+K"
      className="mb-3 flex h-8 items-center gap-2 rounded-control border bg-surface px-2 text-faint text-sm hover:text-ink"
    >
      <Search aria-hidden className="size-3.5" />
      Search or do
      <kbd aria-hidden className="ml-auto font-mono text-2xs">
        Ctrl K
      </kbd>
    </button>
  );
}
