'use client';
import { X } from 'lucide-react';
import { AlertDialog, Dialog, DropdownMenu, Tooltip as RadixTooltip } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';
import { Button } from './button.tsx';

const SHADE = 'fixed inset-0 z-40 bg-black/40 backdrop-blur-[1px]';
const PANEL = 'fixed z-50 bg-surface shadow-pop focus:outline-none';

/** A panel over the page. `side` slides it from the left edge: the navigation of a phone. */
export function Modal({
  open,
  onOpenChange,
  title,
  description,
  side = false,
  bare = false,
  children,
}: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  description?: string;
  side?: boolean;
  /** The title is only read out, and the content reaches the edges. */
  bare?: boolean;
  children: ReactNode;
}) {
  return (
    <Dialog.Root open={open} onOpenChange={onOpenChange}>
      <Dialog.Portal>
        <Dialog.Overlay className={SHADE} />
        <Dialog.Content
          {...(description === undefined ? { 'aria-describedby': undefined } : {})}
          className={cn(
            PANEL,
            side
              ? 'inset-y-0 left-0 w-72 max-w-[85vw] p-3'
              : 'top-[10vh] left-1/2 max-h-[80vh] w-[calc(100vw-32px)] max-w-lg -translate-x-1/2 overflow-y-auto rounded-card',
            !side && !bare && 'p-5',
          )}
        >
          <div className={cn('flex items-start gap-3', side || bare ? 'sr-only' : 'mb-4')}>
            <div className="min-w-0 flex-1">
              <Dialog.Title className="font-semibold text-lg">{title}</Dialog.Title>
              {description === undefined ? null : <Dialog.Description className="text-muted text-sm">{description}</Dialog.Description>}
            </div>
            <Dialog.Close asChild>
              <Button variant="ghost" size="icon" aria-label="Close">
                <X aria-hidden className="size-4" />
              </Button>
            </Dialog.Close>
          </div>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

/** Asks before something that cannot be undone. */
export function Confirm({
  trigger,
  title,
  description,
  action,
  onConfirm,
}: {
  trigger: ReactNode;
  title: string;
  description: string;
  action: string;
  onConfirm: () => void;
}) {
  return (
    <AlertDialog.Root>
      <AlertDialog.Trigger asChild>{trigger}</AlertDialog.Trigger>
      <AlertDialog.Portal>
        <AlertDialog.Overlay className={SHADE} />
        <AlertDialog.Content className={cn(PANEL, 'top-[20vh] left-1/2 w-[calc(100vw-32px)] max-w-md -translate-x-1/2 rounded-card p-5')}>
          <AlertDialog.Title className="foreign font-semibold text-lg">{title}</AlertDialog.Title>
          <AlertDialog.Description className="mt-1 text-muted text-sm">{description}</AlertDialog.Description>
          <div className="mt-5 flex justify-end gap-2">
            <AlertDialog.Cancel asChild>
              <Button>Cancel</Button>
            </AlertDialog.Cancel>
            <AlertDialog.Action asChild>
              <Button variant="danger" onClick={onConfirm}>
                {action}
              </Button>
            </AlertDialog.Action>
          </div>
        </AlertDialog.Content>
      </AlertDialog.Portal>
    </AlertDialog.Root>
  );
}

export function Menu({ trigger, align = 'end', children }: { trigger: ReactNode; align?: 'start' | 'end'; children: ReactNode }) {
  return (
    <DropdownMenu.Root>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content align={align} sideOffset={6} className="z-50 min-w-48 rounded-card bg-surface p-1 shadow-pop">
          {children}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}

export function MenuItem({
  onSelect,
  danger = false,
  asChild = false,
  children,
}: {
  onSelect?: () => void;
  danger?: boolean;
  asChild?: boolean;
  children: ReactNode;
}) {
  return (
    <DropdownMenu.Item
      asChild={asChild}
      {...(onSelect === undefined ? {} : { onSelect })}
      className={cn(
        'flex h-8 cursor-pointer select-none items-center gap-2 rounded-[6px] px-2 text-sm outline-none data-highlighted:bg-hover [&_svg]:size-4 [&_svg]:text-faint',
        danger && 'text-danger [&_svg]:text-danger',
      )}
    >
      {children}
    </DropdownMenu.Item>
  );
}

export function MenuSeparator() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />;
}

/** One of several choices, with the chosen one marked. */
export function MenuRadio({
  value,
  onChange,
  label,
  options,
}: {
  value: string;
  onChange: (value: string) => void;
  label: string;
  options: { value: string; label: string; icon?: ReactNode }[];
}) {
  return (
    <>
      <DropdownMenu.Label className="px-2 pt-1.5 pb-1 text-faint text-xs">{label}</DropdownMenu.Label>
      <DropdownMenu.RadioGroup value={value} onValueChange={onChange}>
        {options.map((option) => (
          <DropdownMenu.RadioItem
            key={option.value}
            value={option.value}
            className="flex h-8 cursor-pointer select-none items-center gap-2 rounded-[6px] px-2 text-sm outline-none data-highlighted:bg-hover data-[state=checked]:font-medium [&_svg]:size-4 [&_svg]:text-faint"
          >
            {option.icon}
            {option.label}
            <DropdownMenu.ItemIndicator className="ml-auto text-accent">
              <span aria-hidden>✓</span>
            </DropdownMenu.ItemIndicator>
          </DropdownMenu.RadioItem>
        ))}
      </DropdownMenu.RadioGroup>
    </>
  );
}

export const TooltipProvider = RadixTooltip.Provider;

export function Tooltip({ content, children }: { content: ReactNode; children: ReactNode }) {
  return (
    <RadixTooltip.Root>
      <RadixTooltip.Trigger asChild>{children}</RadixTooltip.Trigger>
      <RadixTooltip.Portal>
        <RadixTooltip.Content
          sideOffset={6}
          className="z-50 max-w-72 rounded-[6px] bg-primary px-2 py-1 text-on-primary text-xs shadow-pop"
        >
          {content}
        </RadixTooltip.Content>
      </RadixTooltip.Portal>
    </RadixTooltip.Root>
  );
}
