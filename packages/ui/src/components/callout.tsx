import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { TONE_TEXT, TONE_TINT, type Tone } from '../status.ts';

/** A sentence that asks for attention, with what to do about it. `alert` has it read out at once. */
export function Callout({
  tone,
  icon,
  title,
  children,
  action,
  alert = false,
  className,
}: {
  tone: Tone;
  icon?: ReactNode;
  title: ReactNode;
  children?: ReactNode;
  action?: ReactNode;
  alert?: boolean;
  className?: string;
}) {
  return (
    <div
      role={alert ? 'alert' : undefined}
      className={cn('flex flex-wrap items-center gap-x-3 gap-y-2 rounded-card border px-4 py-3 text-sm', TONE_TINT[tone], className)}
    >
      {icon === undefined ? null : (
        <span aria-hidden className={cn('shrink-0 self-start pt-0.5 [&>svg]:size-4', TONE_TEXT[tone])}>
          {icon}
        </span>
      )}
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-medium">{title}</p>
        {children === undefined ? null : <div className="text-muted">{children}</div>}
      </div>
      {action}
    </div>
  );
}
