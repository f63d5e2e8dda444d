import type { Fix } from '@rollcall/contracts';
import { CodeBlock, Tabs } from '@rollcall/ui';

const NAMES: Record<string, string> = {
  nginx: 'nginx',
  caddy: 'Caddy',
  traefik: 'Traefik',
  apache: 'Apache',
  'ingress-nginx': 'Kubernetes ingress-nginx',
  cloudflare: 'Cloudflare',
  app: 'In the server',
  dns: 'DNS',
  express: 'Express',
  kubernetes: 'Kubernetes',
  fastapi: 'FastAPI',
  'python-sdk': 'Python SDK',
  'typescript-sdk': 'TypeScript SDK',
};

export const fixTarget = (target: string): string => NAMES[target] ?? target;

/** One way to mend it per product, as tabs: one is read, the others are a key press away. */
export function Fixes({ fixes }: { fixes: Fix[] }) {
  if (fixes.length === 0) return null;
  const tabs = fixes.map((fix) => ({
    title: fixTarget(fix.for),
    content: (
      <div className="flex flex-col gap-2.5">
        <p className="text-sm">{fix.text}</p>
        {fix.snippet === undefined ? null : <CodeBlock code={fix.snippet} label={fixTarget(fix.for)} />}
      </div>
    ),
  }));
  return <Tabs label="How to mend it, by product" tabs={tabs} />;
}
