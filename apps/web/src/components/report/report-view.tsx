'use client';
import type { Report } from '@rollcall/contracts';
import { Card, CardHeader, formatLatency, plainText, plural, StatusMark, statusOfVerdict, Waterfall } from '@rollcall/ui';
import type { ReactNode } from 'react';
import { CauseCard } from '#web/components/cause/cause-card.tsx';
import { ClientVerdicts } from '#web/components/cause/client-verdicts.tsx';
import { Findings } from '#web/components/cause/findings.tsx';

const SENTENCE: Record<Report['verdict'], string> = {
  up: 'It works',
  degraded: 'It answers, with a fault',
  down: 'Clients cannot use it',
  gated: 'It answers and asks for sign-in',
  unknown: 'It could not be measured',
};

/** A whole report: the verdict in a sentence, the cause with its fix, who is hit, where the time went. */
export function ReportView({ report }: { report: Report }) {
  return (
    <div className="flex flex-col gap-4">
      <Card aria-label="Result">
        <div className="flex items-start gap-3 px-4 py-4 sm:px-5">
          <StatusMark status={statusOfVerdict(report.verdict)} size={22} className="mt-0.5" />
          <div className="min-w-0">
            <h2 className="font-semibold text-lg">{SENTENCE[report.verdict]}</h2>
            <p className="foreign text-muted text-sm">{summaryOf(report)}</p>
          </div>
        </div>
        <div className="border-t px-4 py-4 sm:px-5">
          <Waterfall steps={report.steps} />
        </div>
      </Card>
      {report.cause === null ? null : <CauseCard cause={report.cause} />}
      <Findings findings={report.findings} />
      {report.clients.length === 0 ? null : (
        <Card aria-label="Clients">
          <CardHeader title="Clients" hint="judged from what this probe saw" />
          <div className="px-4 py-1">
            <ClientVerdicts clients={report.clients} />
          </div>
        </Card>
      )}
    </div>
  );
}

function summaryOf(report: Report): ReactNode {
  const parts = [
    `${formatLatency(report.durationMs)} for the whole probe`,
    report.transport === null ? null : report.transport === 'sse' ? 'HTTP+SSE' : 'Streamable HTTP',
    report.protocolVersion === null ? null : `protocol ${plainText(report.protocolVersion, 32)}`,
    report.server === null ? null : `${plainText(report.server.name, 60)} ${plainText(report.server.version, 30)}`,
    report.tools === null ? null : plural(report.tools.count, 'tool'),
  ];
  return parts.filter((part) => part !== null).join(' · ');
}
