'use client';
import { cn, Modal } from '@rollcall/ui';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useId, useState } from 'react';
import { type PaletteItem, usePaletteItems } from './items.tsx';

/** Everything that can be gone to or done, by typing some of its letters. */
export function CommandPalette({ open, onClose, onHelp }: { open: boolean; onClose: () => void; onHelp: () => void }) {
  return (
    <Modal bare open={open} onOpenChange={(next) => !next && onClose()} title="Commands and search">
      <Body onClose={onClose} onHelp={onHelp} />
    </Modal>
  );
}

function Body({ onClose, onHelp }: { onClose: () => void; onHelp: () => void }) {
  const id = useId();
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const items = usePaletteItems(text, { onHelp });
  const at = Math.min(active, Math.max(0, items.length - 1));
  const choose = (item: PaletteItem | undefined) => {
    if (item === undefined) return;
    onClose();
    item.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined && items.length > 0) {
      event.preventDefault();
      const next = (at + step + items.length) % items.length;
      setActive(next);
      document.getElementById(`${id}-${next}`)?.scrollIntoView({ block: 'nearest' });
    } else if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault();
      choose(items[at]);
    }
  };
  return (
    <div className="flex max-h-[70vh] flex-col">
      <div className="flex items-center gap-2.5 border-b px-4">
        <Search aria-hidden className="size-4 shrink-0 text-faint" />
        <input
          // biome-ignore lint/a11y/noAutofocus: a palette is opened to type into it
          autoFocus
          role="combobox"
          aria-label="Command or search"
          aria-expanded
          aria-controls={`${id}-list`}
          aria-autocomplete="list"
          aria-activedescendant={items[at] === undefined ? undefined : `${id}-${at}`}
          autoComplete="off"
          spellCheck={false}
          placeholder="Go to a page, find an endpoint, do something"
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setActive(0);
          }}
          onKeyDown={onKeyDown}
          className="h-12 w-full min-w-0 bg-transparent text-base outline-none placeholder:text-faint"
        />
      </div>
      <div id={`${id}-list`} role="listbox" aria-label="Commands and matches" className="min-h-0 overflow-y-auto p-1.5">
        {items.map((item, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
          <div
            key={item.id}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            onMouseMove={() => setActive(index)}
            onClick={() => choose(item)}
            className={cn(
              'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-control px-2.5 py-1.5 text-sm [&_svg]:size-4 [&_svg]:shrink-0',
              index === at && 'bg-hover',
            )}
          >
            {item.icon}
            <span className="foreign line-clamp-1">{item.label}</span>
            {item.hint === undefined ? null : (
              <span className="foreign ml-auto line-clamp-1 max-w-1/2 text-faint text-xs">{item.hint}</span>
            )}
          </div>
        ))}
      </div>
      {items.length === 0 ? <p className="px-4 pb-4 text-muted text-sm">Nothing matches.</p> : null}
      <p role="status" className="sr-only">
        {text === '' ? '' : `${items.length} matches`}
      </p>
    </div>
  );
}
