'use client';
import { Modal } from '@rollcall/ui';
import { useRouter } from 'next/navigation';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { undoLast } from '#web/lib/toast-with-undo.ts';
import { CommandPalette } from './command-palette.tsx';
import { type Chord, type Command, PLACES, readPress } from './shortcuts.ts';

const OFF_KEY = 'rollcall_single_keys';
const FIELD =
  'input:not([type=checkbox]):not([type=radio]):not([type=button]),textarea,select,[contenteditable=true],[role=menu] *,[role=listbox] *';
const LAYER = '[role=dialog],[role=alertdialog],[role=menu]';

/** Storage may be refused; then the keys stay on. */
function singleKeysOff(): boolean {
  try {
    return localStorage.getItem(OFF_KEY) === 'off';
  } catch {
    return false;
  }
}

/** The link of each row on the page, in order. */
function rowLinks(): HTMLElement[] {
  const rows = document.querySelectorAll<HTMLElement>('main tbody tr, main section li');
  return [...rows].flatMap((row) => row.querySelector<HTMLElement>('a[href^="/"]') ?? []).filter((link) => link.offsetParent !== null);
}

/** Moves the focus to the next or the previous row; from outside of the list to its first or last one. */
function focusRow(step: 1 | -1): void {
  const links = [...new Set(rowLinks())];
  const here = links.findIndex(
    (link) => link === document.activeElement || link.closest('tr,li')?.contains(document.activeElement) === true,
  );
  const at = here === -1 ? (step === 1 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, here + step));
  links[at]?.focus();
  links[at]?.scrollIntoView({ block: 'nearest' });
}

/** The keys of every page: the palette, places, lists. Opens from anywhere by the event `rollcall:palette`. */
export function Keyboard() {
  const router = useRouter();
  const [open, setOpen] = useState<'palette' | 'help' | null>(null);
  const chord = useRef<Chord | null>(null);
  const perform = (command: Command) => {
    switch (command.type) {
      case 'palette':
        return setOpen((before) => (before === 'palette' ? null : 'palette'));
      case 'help':
        return setOpen('help');
      case 'search': {
        const field = document.querySelector<HTMLElement>('main input[type=search], main [role=searchbox]');
        return field === null ? setOpen('palette') : field.focus();
      }
      case 'go':
        return router.push(command.href);
      case 'row':
        return focusRow(command.step);
      case 'undo':
        return void undoLast();
      case 'press':
        return document.querySelector<HTMLElement>(`main [data-shortcut="${command.key}"]`)?.click();
    }
  };
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || event.repeat) return;
    const { key, ctrlKey, metaKey, altKey } = event;
    const target = event.target instanceof Element ? event.target : null;
    const busy = target?.closest(FIELD) != null || document.querySelector(LAYER) !== null;
    const read = readPress({ key, ctrlKey, metaKey, altKey, busy, singleKeysOff: singleKeysOff() }, chord.current, event.timeStamp);
    chord.current = read.chord;
    if (read.command === null) return;
    event.preventDefault();
    perform(read.command);
  });
  useEffect(() => {
    const show = () => setOpen('palette');
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('rollcall:palette', show);
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('rollcall:palette', show);
    };
  }, []);
  const close = () => setOpen(null);
  return (
    <>
      <CommandPalette open={open === 'palette'} onClose={close} onHelp={() => setOpen('help')} />
      <Modal open={open === 'help'} onOpenChange={(next) => !next && close()} title="Keyboard shortcuts">
        <Help />
      </Modal>
    </>
  );
}

const KEYS: [string[], string][] = [
  [['Ctrl K'], 'Commands and search (⌘K on a Mac)'],
  [['/'], 'Search on this page'],
  ...Object.entries(PLACES).map(([key, { label }]): [string[], string] => [['g', key], label]),
  [['j'], 'Next row'],
  [['k'], 'Previous row'],
  [['Enter'], 'Open the row'],
  [['a'], 'Acknowledge the incident'],
  [['z'], 'Undo, while the message is shown'],
  [['?'], 'These shortcuts'],
];

function Help() {
  const [off, setOff] = useState(singleKeysOff);
  const toggle = () => {
    try {
      localStorage.setItem(OFF_KEY, off ? 'on' : 'off');
      setOff(!off);
    } catch {
      // Storage is refused: the keys stay on.
    }
  };
  return (
    <>
      <dl className="grid gap-x-6 gap-y-1.5 text-sm sm:grid-cols-2">
        {KEYS.map(([keys, what]) => (
          <div key={what} className="flex items-center gap-3">
            <dt className="flex w-16 shrink-0 gap-1">
              {keys.map((key) => (
                <kbd key={key} className="rounded-[5px] border bg-sunken px-1.5 font-mono text-xs leading-5">
                  {key}
                </kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <label className="mt-5 flex min-h-7 items-center gap-2 border-t pt-4 text-sm">
        <input type="checkbox" checked={!off} onChange={toggle} className="size-4 accent-primary" />
        Single keys do something
        <span className="text-muted">(Ctrl K always does)</span>
      </label>
    </>
  );
}
