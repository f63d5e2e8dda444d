'use client';
import { address } from '@rollcall/client';
import type { Endpoint } from '@rollcall/contracts';
import { cn, Input, plainText, StatusMark } from '@rollcall/ui';
import { type KeyboardEvent, useDeferredValue, useId, useState } from 'react';
import { useLive } from '#web/lib/use-live.ts';

export interface PickedEndpoint {
  id: string;
  name: string;
}

/** Finds an endpoint by name or URL and hands it on (WAI-ARIA combobox with a list that the arrow keys walk). */
export function EndpointPicker({
  label,
  taken,
  onPick,
}: {
  label: string;
  /** Not offered again. */
  taken?: ReadonlySet<string>;
  onPick: (endpoint: PickedEndpoint) => void;
}) {
  const id = useId();
  const [open, setOpen] = useState(false);
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const q = useDeferredValue(text.trim());
  const { data } = useLive(address('/endpoints', { query: { limit: 12, q: q || null } }), undefined, { everyMs: false, enabled: open });
  // The answer to the last letter may still be on its way: Enter must never take what does not match what is typed.
  const typed = text.trim().toLowerCase();
  const found = (data?.data ?? [])
    .filter(({ id, name, url }) => taken?.has(id) !== true && `${name} ${url}`.toLowerCase().includes(typed))
    .slice(0, 8);
  const at = Math.min(active, Math.max(0, found.length - 1));
  const pick = (endpoint: Endpoint | undefined) => {
    if (endpoint === undefined) return;
    onPick({ id: endpoint.id, name: endpoint.name });
    setText('');
    setActive(0);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      setOpen(true);
      if (found.length > 0) setActive((at + (event.key === 'ArrowDown' ? 1 : found.length - 1)) % found.length);
    } else if (event.key === 'Enter') {
      event.preventDefault();
      pick(found[at]);
    } else if (event.key === 'Escape' && open) {
      event.stopPropagation();
      setOpen(false);
    }
  };
  const shown = open && data !== undefined;
  return (
    <div className="relative min-w-0">
      <Input
        role="combobox"
        aria-label={label}
        aria-expanded={shown}
        aria-controls={`${id}-list`}
        aria-autocomplete="list"
        aria-activedescendant={shown && found[at] !== undefined ? `${id}-${found[at].id}` : undefined}
        autoComplete="off"
        spellCheck={false}
        placeholder="Search by name or URL"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setOpen(true);
          setActive(0);
        }}
        onFocus={() => setOpen(true)}
        onBlur={() => setOpen(false)}
        onKeyDown={onKeyDown}
      />
      <div id={`${id}-list`} role="listbox" aria-label={`${label}: matches`} hidden={!shown || found.length === 0} className={PANEL}>
        {found.map((endpoint, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the input's, which keeps the focus
          <div
            key={endpoint.id}
            id={`${id}-${endpoint.id}`}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            // The input must not lose the focus, or the list is gone before the click.
            onMouseDown={(event) => event.preventDefault()}
            onMouseMove={() => setActive(index)}
            onClick={() => pick(endpoint)}
            className={cn('flex cursor-pointer items-center gap-2 rounded-[6px] px-2 py-1.5 text-sm', index === at && 'bg-hover')}
          >
            <StatusMark status={endpoint.state.status} />
            <span className="foreign truncate">{plainText(endpoint.name, 80)}</span>
            <span className="foreign ml-auto max-w-1/2 truncate text-faint text-xs">{plainText(endpoint.url, 120)}</span>
          </div>
        ))}
      </div>
      <p role="status" className="sr-only">
        {shown && q !== '' ? `${found.length} found` : ''}
      </p>
      {shown && found.length === 0 ? <p className={cn(PANEL, 'px-3 py-2 text-muted text-sm')}>No endpoint found</p> : null}
    </div>
  );
}

const PANEL = 'absolute inset-x-0 top-full z-20 mt-1 max-h-72 overflow-y-auto rounded-card bg-surface p-1 shadow-pop';
