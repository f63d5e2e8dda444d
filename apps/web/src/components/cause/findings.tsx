import type { Cause } from '@rollcall/contracts';
import { Card, CardHeader, formatCount, StatusMark } from '@rollcall/ui';
import Link from 'next/link';
import { Evidence } from './evidence.tsx';
import { Fixes } from './fixes.tsx';

/** What else is worth saying, folded: a line each, its evidence and fixes on demand. */
export function Findings({ findings }: { findings: Cause[] }) {
  if (findings.length === 0) return null;
  return (
    <Card aria-label="Findings">
      <CardHeader title="Also noticed" hint={formatCount(findings.length)} />
      <ul className="divide-y">
        {findings.map((finding) => (
          <li key={finding.code}>
            <details className="group">
              <summary className="flex items-start gap-2.5 px-4 py-2.5 text-sm -outline-offset-2 hover:bg-hover">
                <StatusMark status={finding.severity === 'notice' ? 'pending' : finding.severity} className="mt-[3px]" />
                <span className="foreign flex-1">{finding.title}</span>
                <span className="shrink-0 text-faint text-xs leading-5">{finding.severity}</span>
              </summary>
              <div className="flex flex-col gap-4 px-4 pt-1 pb-4 pl-10">
                <p className="foreign text-muted text-sm">{finding.explanation}</p>
                <Evidence evidence={finding.evidence} />
                <Fixes fixes={finding.fixes} />
                <Link href={finding.docs} className="text-accent text-sm hover:underline">
                  About {finding.code}
                </Link>
              </div>
            </details>
          </li>
        ))}
      </ul>
    </Card>
  );
}
