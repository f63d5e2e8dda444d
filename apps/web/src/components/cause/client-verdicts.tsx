import type { Cause, ClientVerdict } from '@rollcall/contracts';
import { CLIENT_PROFILES, type ClientProfile } from '@rollcall/probe/clients';
import { cn, StatusMark } from '@rollcall/ui';
import Link from 'next/link';

const WORD = { works: 'Works', fails: 'Fails', unknown: 'Not known' } as const;
const MARK = { works: 'up', fails: 'down', unknown: 'no_data' } as const;
const ORDER = ['fails', 'unknown', 'works'] as const;

const sorted = (clients: readonly ClientVerdict[]) => clients.toSorted((a, b) => ORDER.indexOf(a.verdict) - ORDER.indexOf(b.verdict));

/** Who can connect and who cannot, failures first. */
export function ClientVerdicts({ clients }: { clients: ClientVerdict[] }) {
  return (
    <div className="@container">
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
          {sorted(clients).map((client) => (
            <tr key={client.id}>
              <td className="py-2 pr-3 align-top font-medium">
                {client.name}
                {client.because === null ? null : <BecauseLink code={client.because} className="block font-normal @md:hidden" />}
              </td>
              <td className="w-26 whitespace-nowrap py-2 @md:pr-3 align-top">
                <Verdict verdict={client.verdict} />
              </td>
              <td className="py-2 text-right @max-md:hidden">
                {client.because === null ? <span className="text-faint">–</span> : <BecauseLink code={client.because} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const HEAD = 'px-4 py-2 text-left font-normal text-faint text-xs';

/** The same with the reason in words and with how surely the client's behaviour is known. */
export function ClientTable({ clients, causes }: { clients: ClientVerdict[]; causes: Cause[] }) {
  const byCode = new Map(causes.map((cause) => [cause.code, cause]));
  return (
    <table className="w-full text-sm">
      <caption className="sr-only">Verdict, reason and certainty for each MCP client</caption>
      <thead className="border-b max-sm:sr-only">
        <tr>
          <th className={`${HEAD} w-48`}>Client</th>
          <th className={`${HEAD} w-32`}>Verdict</th>
          <th className={HEAD}>Why</th>
          <th className={`${HEAD} w-60`}>How this is known</th>
        </tr>
      </thead>
      <tbody className="divide-y">
        {sorted(clients).map((client) => (
          <tr key={client.id} className="max-sm:grid max-sm:grid-cols-[1fr_auto] max-sm:gap-x-3 max-sm:px-4 max-sm:py-2.5 sm:align-top">
            <td className="font-medium sm:px-4 sm:py-2.5">{client.name}</td>
            <td className="sm:px-4 sm:py-2.5">
              <Verdict verdict={client.verdict} />
            </td>
            <td className="min-w-0 max-sm:col-span-2 sm:px-4 sm:py-2.5">
              <Why client={client} cause={byCode.get(client.because ?? '')} />
            </td>
            <td className="text-muted text-xs leading-5 max-sm:col-span-2 sm:px-4 sm:py-2.5">
              {knownBy(CLIENT_PROFILES.find(({ id }) => id === client.id))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const METHOD = {
  source: 'Its source was read',
  measured: 'Measured by us',
  docs: "Its vendor's documentation",
  report: 'Reports of others',
};

function knownBy(profile: ClientProfile | undefined): string {
  if (profile === undefined) return 'Judged by an earlier release';
  return profile.version === 'unpublished' ? METHOD[profile.method] : `${METHOD[profile.method]}, version ${profile.version}`;
}

function Why({ client, cause }: { client: ClientVerdict; cause: Cause | undefined }) {
  if (client.because === null)
    return (
      <span className="text-muted">
        {client.verdict === 'unknown' ? 'What it does here has not been observed.' : 'Nothing stands in its way.'}
      </span>
    );
  return (
    <>
      {cause === undefined ? null : (
        <span className="foreign block">
          {cause.title}
          {cause.confidence === 'suspected' ? <span className="text-muted"> (suspected)</span> : null}
        </span>
      )}
      <BecauseLink code={client.because} />
    </>
  );
}

function Verdict({ verdict }: Pick<ClientVerdict, 'verdict'>) {
  return (
    <span className="inline-flex items-center gap-1.5 whitespace-nowrap">
      <StatusMark status={MARK[verdict]} />
      {WORD[verdict]}
    </span>
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
