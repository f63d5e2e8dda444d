import type { ClientVerdict } from '@rollcall/contracts';
import { cn, StatusMark } from '@rollcall/ui';
import Link from 'next/link';

const WORD = { works: 'Works', fails: 'Fails', unknown: 'Not known' } as const;
const MARK = { works: 'up', fails: 'down', unknown: 'no_data' } as const;
const ORDER = ['fails', 'unknown', 'works'] as const;

/** Who can connect and who cannot, failures first. */
export function ClientVerdicts({ clients }: { clients: ClientVerdict[] }) {
  const sorted = clients.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Verdict for each MCP client</caption>
      <thead className="sr-only">
        <tr>
          <th>Client</th>
          <th>Verdict</th>
          <th>Because of</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {sorted.map((client) => (
          <tr key={client.id}>
            <td className="py-2 pr-3 font-medium">
              {client.name}
              {client.because === null ? null : <BecauseLink code={client.because} className="block font-normal sm:hidden" />}
            </td>
            <td className="w-32 py-2 pr-3">
              <span className="inline-flex items-center gap-1.5">
                <StatusMark status={MARK[client.verdict]} />
                {WORD[client.verdict]}
              </span>
            </td>
            <td className="py-2 text-right max-sm:hidden">
              {client.because === null ? <span className="text-faint">–</span> : <BecauseLink code={client.because} />}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function BecauseLink({ code, className }: { code: string; className?: string }) {
  return (
    <Link
      prefetch={false}
      href={`/docs/causes/${encodeURIComponent(code)}`}
      className={cn('foreign font-mono text-muted text-xs hover:text-ink hover:underline', className)}
    >
      {code}
    </Link>
  );
}
