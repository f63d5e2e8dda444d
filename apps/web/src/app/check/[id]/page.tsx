import type { Report } from '@rollcall/contracts';
import { formatUtc, plainText } from '@rollcall/ui';
import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { ReportView } from '#web/components/report/report-view.tsx';
import { toApiError } from '#web/lib/api-error.ts';
import { apiBaseUrl } from '#web/lib/env.ts';

export const metadata: Metadata = { title: 'Report of a check', robots: { index: false }, referrer: 'no-referrer' };

async function readReport(id: string): Promise<{ report: Report; expiresAt: string }> {
  if (!/^[\w-]{22}$/.test(id)) notFound();
  const response = await fetch(`${apiBaseUrl()}/check/${id}.json`, { cache: 'no-store', signal: AbortSignal.timeout(15_000) });
  if (response.status === 404) notFound();
  if (!response.ok) throw await toApiError(response);
  return (await response.json()) as { report: Report; expiresAt: string };
}

/** A report under the link that its maker passed on. */
export default async function CheckReportPage({ params }: { params: Promise<{ id: string }> }) {
  const { report, expiresAt } = await readReport((await params).id);
  return (
    <div className="flex flex-col gap-5">
      <div>
        <h1 className="foreign font-mono font-semibold text-lg">{plainText(report.url, 300)}</h1>
        <p className="mt-1 text-muted text-sm">
          Checked {formatUtc(report.startedAt)}; this link is good until {formatUtc(expiresAt)}.{' '}
          <Link href="/check" className="text-accent underline underline-offset-2">
            Check again
          </Link>
        </p>
      </div>
      <ReportView report={report} />
    </div>
  );
}
