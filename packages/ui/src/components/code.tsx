'use client';
import { Check, Copy } from 'lucide-react';
import { useEffect, useState } from 'react';
import { cn } from '../cn.ts';
import { Button } from './button.tsx';

/** Copies text and says so, to the eye and to a screen reader. */
export function CopyButton({
  text,
  label = 'Copy',
  iconOnly = false,
  className,
}: {
  text: string;
  label?: string;
  iconOnly?: boolean;
  className?: string;
}) {
  const [state, setState] = useState<'idle' | 'copied' | 'failed'>('idle');
  useEffect(() => {
    if (state === 'idle') return;
    const timer = setTimeout(() => setState('idle'), 2000);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = () => {
    const clipboard: Clipboard | undefined = navigator.clipboard; // absent on plain http other than localhost
    if (clipboard === undefined) return setState('failed');
    clipboard.writeText(text).then(
      () => setState('copied'),
      () => setState('failed'),
    );
  };
  const word = state === 'idle' ? label : state === 'copied' ? 'Copied' : 'Select and copy by hand';
  return (
    <Button
      variant="ghost"
      size={iconOnly ? 'icon' : 'sm'}
      className={cn(iconOnly && 'size-7', className)}
      onClick={copy}
      aria-label={iconOnly ? label : undefined}
    >
      {state === 'copied' ? <Check aria-hidden className="size-3.5 text-up" /> : <Copy aria-hidden className="size-3.5" />}
      {iconOnly ? null : word}
      <span aria-live="polite" className="sr-only">
        {state === 'idle' ? '' : word}
      </span>
    </Button>
  );
}

/** Text to be read and copied exactly: a configuration line, a body, a command. Scrolls inside its own box. */
export function CodeBlock({ code, label, className, wrap = false }: { code: string; label: string; className?: string; wrap?: boolean }) {
  return (
    <div className={cn('relative min-w-0 rounded-control border bg-sunken', className)}>
      <div className="flex h-8 items-center gap-2 border-b pr-1 pl-3">
        <span className="foreign truncate text-2xs text-muted">{label}</span>
        <CopyButton text={code} className="ml-auto h-6" />
      </div>
      <pre
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard (WCAG 2.1.1)
        tabIndex={0}
        className={cn('max-h-96 overflow-auto px-3 py-2.5 font-mono text-xs', wrap && 'foreign whitespace-pre-wrap')}
      >
        {code}
      </pre>
    </div>
  );
}
