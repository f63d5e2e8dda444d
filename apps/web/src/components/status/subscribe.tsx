import { Input } from '@rollcall/ui';
import type { ReactNode } from 'react';

const SUBMIT =
  'h-9 shrink-0 rounded-control bg-accent px-4 font-medium text-sm text-[light-dark(#ffffff,#121317)] hover:opacity-88 focus-visible:outline-offset-3';

function Ask({
  slug,
  type,
  label,
  field,
  children,
}: {
  slug: string;
  type: string;
  label: string;
  field: 'email' | 'url';
  children?: ReactNode;
}) {
  const id = `subscribe-${type}`;
  return (
    <form action={`/status/${slug}/subscribe`} method="post" className="flex flex-col gap-1.5">
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
          Subscribe
        </button>
      </div>
      {children}
    </form>
  );
}

/** Plain forms: they work without a script. */
export function Subscribe({ slug }: { slug: string }) {
  return (
    <section id="subscribe" aria-labelledby="subscribe-heading" className="flex scroll-mt-4 flex-col gap-4 border-t pt-8">
      <div>
        <h2 id="subscribe-heading" className="font-semibold text-lg tracking-tight">
          Subscribe
        </h2>
        <p className="text-muted text-sm">Be told when something breaks and when it works again. Every message has a link that ends it.</p>
      </div>
      <Ask slug={slug} type="email" label="E-mail address" field="email" />
      <details className="text-sm">
        <summary className="w-fit rounded-control py-1 text-muted underline-offset-2 hover:underline">Slack or webhook</summary>
        <div className="mt-3 flex flex-col gap-4">
          <Ask slug={slug} type="slack" label="Slack incoming webhook URL" field="url" />
          <Ask slug={slug} type="webhook" label="Webhook URL" field="url">
            <p className="text-faint text-xs">JSON, as Standard Webhooks. The first message holds a link that confirms the subscription.</p>
          </Ask>
        </div>
      </details>
      <p className="text-muted text-sm">
        Feeds:{' '}
        {[
          ['feed.atom', 'Atom'],
          ['feed.rss', 'RSS'],
          ['feed.json', 'JSON Feed'],
        ].map(([file, name], index) => (
          <span key={file}>
            {index === 0 ? '' : ' · '}
            <a href={`/status/${slug}/${file}`} className="text-accent underline underline-offset-2">
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
