import type { PublicPage } from '@rollcall/contracts';
import { wordsOf } from '@rollcall/core';
import { cn, StatusMark, TONE_TINT, toneOf } from '@rollcall/ui';
import { Filled } from './filled.tsx';
import { Instant } from './instant.tsx';
import { MARK } from './state.tsx';

const TONE_LINE = {
  up: 'border-up/40',
  degraded: 'border-degraded/40',
  down: 'border-down/40',
  gated: 'border-gated/40',
  idle: 'border-idle/40',
  maintenance: 'border-maintenance/40',
} as const;

/** How everything together stands, in one sentence, and when that was seen. */
export function Banner({ document }: { document: PublicPage }) {
  const mark = MARK[document.status];
  const tone = toneOf(mark);
  const { locale } = document.page;
  return (
    <section
      aria-labelledby="state"
      className={cn('flex items-start gap-4 rounded-card border px-5 py-4 sm:items-center', TONE_TINT[tone], TONE_LINE[tone])}
    >
      <StatusMark status={mark} size={28} className="mt-0.5 sm:mt-0" />
      <div className="flex min-w-0 flex-1 flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
        <h1 id="state" className="text-balance font-semibold text-xl tracking-tight">
          {document.summary}
        </h1>
        <p className="text-muted text-xs">
          <Filled template={wordsOf(locale).page.asOf} values={{ at: <Instant at={document.generatedAt} locale={locale} /> }} />
        </p>
      </div>
    </section>
  );
}
