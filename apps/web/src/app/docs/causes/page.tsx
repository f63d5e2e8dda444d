import { LAYERS } from '@rollcall/core';
import { catalogue } from '@rollcall/probe/catalogue';
import { StatusMark } from '@rollcall/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { LAYER_WORDS } from '#web/components/docs/severity.tsx';

export const metadata: Metadata = {
  title: 'Why MCP servers fail: the catalogue of causes',
  description:
    'Every way in which a remote MCP server fails that Rollcall knows by name, with what is seen, who is hit and the line that mends it.',
};

export default function CausesPage() {
  const entries = Object.values(catalogue);
  return (
    <>
      <h1 className="text-balance font-semibold text-2xl tracking-tight">Why MCP servers fail</h1>
      <p className="mt-2 max-w-prose text-muted">
        {entries.length} causes in the order in which a check meets the layers. The first layer that fails is the cause; the rest are
        findings.
      </p>
      {LAYERS.map((layer) => {
        const own = entries.filter((entry) => entry.layer === layer);
        if (own.length === 0) return null;
        return (
          <section key={layer} aria-labelledby={`layer-${layer}`} className="mt-8">
            <h2 id={`layer-${layer}`} className="font-medium text-lg">
              {LAYER_WORDS[layer] ?? layer}
            </h2>
            <ul className="mt-2 divide-y border-y">
              {own.map(({ code, title, severity }) => (
                <li key={code} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 py-2">
                  <Link href={`/docs/causes/${code}`} className="inline-flex min-w-0 flex-1 basis-72 items-baseline gap-2 hover:underline">
                    <StatusMark status={severity === 'notice' ? 'pending' : severity} size={12} className="translate-y-0.5" />
                    {title}
                  </Link>
                  <code className="break-all font-mono text-faint text-xs">{code}</code>
                </li>
              ))}
            </ul>
          </section>
        );
      })}
    </>
  );
}
