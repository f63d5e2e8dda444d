import { wordsOf } from '@rollcall/core';
import { Input } from '@rollcall/ui';
import type { ReactNode } from 'react';

const SUBMIT =
  'h-9 shrink-0 rounded-control bg-accent px-4 font-medium text-sm text-[light-dark(#ffffff,#121317)] hover:opacity-88 focus-visible:outline-offset-3';

function Ask({
  action,
  type,
  label,
  button,
  field,
  children,
}: {
  action: string;
  button: string;
  type: string;
  label: string;
  field: 'email' | 'url';
  children?: ReactNode;
}) {
  const id = `subscribe-${type}`;
  return (
    <form action={action} method="post" className="flex flex-col gap-1.5">
      <input type="hidden" name="type" value={type} />
      <label htmlFor={id} className="font-medium text-sm">
        {label}
      </label>
      <div className="flex flex-wrap gap-2">
        <div className="min-w-48 flex-1">
          <Input
            id={id}
            name={field}
            type={field}
            required
            autoComplete={field === 'email' ? 'email' : 'off'}
            maxLength={field === 'email' ? 254 : 2000}
          />
        </div>
        <button type="submit" className={SUBMIT}>
          {button}
        </button>
      </div>
      {children}
    </form>
  );
}

/** Plain forms: they work without a script. */
export function Subscribe({ slug, locale = 'en', query = '' }: { slug: string; locale?: string; query?: string }) {
  const words = wordsOf(locale);
  const ask = { action: `/status/${slug}/subscribe${query}`, button: words.page.subscribe };
  return (
    <section id="subscribe" aria-labelledby="subscribe-heading" className="flex scroll-mt-4 flex-col gap-4 border-t pt-8">
      <div>
        <h2 id="subscribe-heading" className="font-semibold text-lg tracking-tight">
          {words.page.subscribe}
        </h2>
        <p className="text-muted text-sm">{words.subscribe.text}</p>
      </div>
      <Ask {...ask} type="email" label={words.subscribe.email} field="email" />
      <details className="text-sm">
        <summary className="w-fit rounded-control py-1 text-muted underline-offset-2 hover:underline">{words.subscribe.others}</summary>
        <div className="mt-3 flex flex-col gap-4">
          <Ask {...ask} type="slack" label={words.subscribe.slackUrl} field="url" />
          <Ask {...ask} type="webhook" label={words.subscribe.webhookUrl} field="url">
            <p className="text-faint text-xs">{words.subscribe.webhookHint}</p>
          </Ask>
        </div>
      </details>
      <p className="text-muted text-sm">
        {words.subscribe.feeds}:{' '}
        {[
          ['feed.atom', 'Atom'],
          ['feed.rss', 'RSS'],
          ['feed.json', 'JSON Feed'],
        ].map(([file, name], index) => (
          <span key={file}>
            {index === 0 ? '' : ' · '}
            <a href={`/status/${slug}/${file}${query}`} className="text-accent underline underline-offset-2">
              {name}
            </a>
          </span>
        ))}{' '}
        ·{' '}
        <a href={`/status/${slug}.json`} className="text-accent underline underline-offset-2">
          JSON
        </a>
      </p>
    </section>
  );
}
