import type { ComponentProps, ReactNode } from 'react';
import { cn } from '../cn.ts';

export function Card({ className, ...rest }: ComponentProps<'section'>) {
  return <section className={cn('rounded-card border border-line bg-surface shadow-card', className)} {...rest} />;
}

/** The heading row of a card. */
export function CardHeader({ title, id, hint, actions }: { title: string; id?: string; hint?: ReactNode; actions?: ReactNode }) {
  return (
    <div className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
      <h2 id={id} className="font-medium text-sm">
        {title}
      </h2>
      {hint === undefined ? null : <span className="text-faint text-xs">{hint}</span>}
      {actions === undefined ? null : <div className="ml-auto flex items-center gap-2">{actions}</div>}
    </div>
  );
}

/** What a list shows when it holds nothing: why, and what to do about it. */
export function Empty({ icon, title, children, action }: { icon?: ReactNode; title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="flex flex-col items-center px-6 py-12 text-center">
      {icon === undefined ? null : <div className="mb-3 grid size-10 place-items-center rounded-full bg-sunken text-faint">{icon}</div>}
      <p className="font-medium">{title}</p>
      {children === undefined ? null : <div className="mt-1 max-w-md text-balance text-muted text-sm">{children}</div>}
      {action === undefined ? null : <div className="mt-4">{action}</div>}
    </div>
  );
}

export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={cn('animate-pulse rounded-control bg-sunken', className)} />;
}

/** A small fact: a tag, a layer, a protocol version. */
export function Chip({ className, ...rest }: ComponentProps<'span'>) {
  return (
    <span
      className={cn(
        'foreign inline-flex min-h-5 items-center rounded-[5px] border bg-sunken px-1.5 text-2xs text-muted leading-4',
        className,
      )}
      {...rest}
    />
  );
}
