'use client';
import { toast } from 'sonner';

/** Long enough to read it, think and reach the button; it stands still while it is pointed at or has the focus. */
const UNDO_MS = 10_000;

let last: { readonly id: string | number; readonly undo: () => unknown } | null = null;

/** Says what was done, with the way back: the button, or the key `z` while it is shown. The way back is gone one time. */
export function toastWithUndo(
  text: string,
  undo: () => unknown,
  options: { id?: string | number; tone?: 'success' | 'warning' } = {},
): void {
  const id = toast[options.tone ?? 'success'](text, {
    ...(options.id === undefined ? {} : { id: options.id }),
    duration: UNDO_MS,
    action: { label: 'Undo', onClick: () => take() },
    onDismiss: () => forget(),
    onAutoClose: () => forget(),
  });
  const mine = { id, undo };
  last = mine;
  const forget = () => {
    if (last === mine) last = null;
  };
  const take = () => {
    forget();
    void undo();
  };
}

/** Takes the last thing back whose message is still shown. False: there is none. */
export function undoLast(): boolean {
  if (last === null) return false;
  const { id, undo } = last;
  last = null;
  toast.dismiss(id);
  void undo();
  return true;
}
