import type { PublicPage } from '@rollcall/contracts';
import { countWords, wordsOf } from '@rollcall/core';
import { Card } from '@rollcall/ui';
import { ChevronDown } from 'lucide-react';
import { ComponentRow } from './component-row.tsx';
import { StateLabel, worstState } from './state.tsx';

/** Groups fold; what has no group stands in a card of its own. */
export function ComponentGroups({ document }: { document: PublicPage }) {
  const { groups, page } = document;
  const words = wordsOf(page.locale).page;
  if (groups.length === 0) return null;
  return (
    <section aria-labelledby="components" className="flex flex-col gap-4">
      <h2 id="components" className="sr-only">
        {words.components}
      </h2>
      {groups.map((group) => {
        const rows = (
          <ul className="divide-y">
            {group.components.map((component) => (
              <ComponentRow key={component.slug} component={component} locale={page.locale} />
            ))}
          </ul>
        );
        if (group.name === null) return <Card key="">{rows}</Card>;
        const worst = worstState(group.components.map(({ status }) => status)) ?? 'unknown';
        return (
          <Card key={group.name}>
            <details open className="group">
              <summary className="flex min-h-12 list-none flex-wrap items-center gap-x-3 gap-y-1 rounded-card px-4 py-2 sm:px-5 [&::-webkit-details-marker]:hidden">
                <ChevronDown
                  aria-hidden
                  className="-ml-1 size-4 text-faint transition-transform group-open:rotate-0 [details:not([open])>summary>&]:-rotate-90"
                />
                <span className="foreign font-semibold">{group.name}</span>
                <span className="text-faint text-xs">{countWords(page.locale, words.componentCount, group.components.length)}</span>
                <StateLabel state={worst} locale={page.locale} className="ml-auto" />
              </summary>
              <div className="border-t">{rows}</div>
            </details>
          </Card>
        );
      })}
      {page.show.uptime ? (
        <p className="text-balance text-faint text-xs">
          <strong className="font-medium text-muted">{words.howUptime}</strong> {document.uptimeFormula}
        </p>
      ) : null}
    </section>
  );
}
