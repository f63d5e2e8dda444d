'use client';
import { Tabs as Radix } from 'radix-ui';
import type { ReactNode } from 'react';
import { cn } from '../cn.ts';

/** Panels of which one is shown. Arrow keys move between the tabs (WAI-ARIA tabs pattern). */
export function Tabs({ label, tabs }: { label: string; tabs: { title: string; content: ReactNode }[] }) {
  return (
    <Radix.Root defaultValue="0">
      <Radix.List aria-label={label} className="mb-3 flex gap-1 overflow-x-auto border-b">
        {tabs.map((tab, index) => (
          <Radix.Trigger
            // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat and the order is fixed
            key={index}
            value={String(index)}
            className={cn(
              'whitespace-nowrap border-transparent border-b-2 px-2.5 py-1.5 text-muted text-sm -outline-offset-2 hover:text-ink',
              'data-[state=active]:border-ink data-[state=active]:font-medium data-[state=active]:text-ink',
            )}
          >
            {tab.title}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: as above
        <Radix.Content key={index} value={String(index)}>
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  );
}
