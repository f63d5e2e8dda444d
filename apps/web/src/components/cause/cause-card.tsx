import type { Cause } from '@rollcall/contracts';
import { Card, Chip, plainText, StatusMark } from '@rollcall/ui';
import { ArrowUpRight } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { Evidence } from './evidence.tsx';
import { Fixes } from './fixes.tsx';

/** The answer to "what is wrong": the sentence, what it means, how to mend it, what was seen. */
export function CauseCard({ cause, heading = 'Cause', children }: { cause: Cause; heading?: string; children?: ReactNode }) {
  const mark = cause.code === 'auth.required' ? 'gated' : cause.severity === 'notice' ? 'pending' : cause.severity;
  return (
    <Card aria-label={heading}>
      <div className="border-b px-4 py-4 sm:px-5">
        <div className="mb-2 flex flex-wrap items-center gap-1.5">
          <span className="mr-1 text-faint text-xs">{heading}</span>
          <Chip className="font-mono">{cause.code}</Chip>
          <Chip>{cause.layer} layer</Chip>
          {cause.confidence === 'suspected' ? <Chip>suspected</Chip> : null}
        </div>
        <h2 className="foreign flex items-start gap-2 font-semibold text-lg">
          <StatusMark status={mark} size={16} className="mt-1" />
          {cause.title}
        </h2>
        <p className="foreign mt-1.5 max-w-prose text-muted">{plainText(cause.explanation, 2000)}</p>
      </div>
      {cause.fixes.length === 0 ? null : (
        <Section title="How to mend it">
          <Fixes fixes={cause.fixes} />
        </Section>
      )}
      <Section title="What the probe saw">
        <Evidence evidence={cause.evidence} />
      </Section>
      {children}
      <div className="flex flex-wrap gap-x-4 gap-y-1 px-4 py-3 text-sm sm:px-5">
        <Link href={cause.docs} className="inline-flex items-center gap-1 text-accent hover:underline">
          About {cause.code}
        </Link>
        {cause.references.map((reference) => (
          <Reference key={reference} url={reference} />
        ))}
      </div>
    </Card>
  );
}

export function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <div className="border-b px-4 py-4 sm:px-5">
      <h3 className="mb-3 font-medium text-faint text-xs">{title}</h3>
      {children}
    </div>
  );
}

/** A link out, named by its host and last word. Only web addresses become links. */
export function Reference({ url }: { url: string }) {
  if (!/^https:\/\//.test(url)) return <span className="foreign text-muted">{url}</span>;
  const { hostname, pathname, hash } = new URL(url);
  const tail = hash || pathname.split('/').filter(Boolean).slice(-2).join('/');
  return (
    <a
      href={url}
      rel="noreferrer"
      target="_blank"
      className="foreign inline-flex items-center gap-0.5 text-muted hover:text-ink hover:underline"
    >
      {hostname.replace(/^www\./, '')}
      {tail === '' ? '' : ` · ${tail.replace('#', '')}`}
      <ArrowUpRight aria-hidden className="size-3.5 text-faint" />
      <span className="sr-only">(opens in a new tab)</span>
    </a>
  );
}
