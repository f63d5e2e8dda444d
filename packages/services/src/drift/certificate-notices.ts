import { daysLeft, expiryStep } from '@rollcall/core';
import type { NoticeSubject } from '../probes/insert-notices.ts';
import type { Change } from '../probes/record-probes.ts';

/** Who is to be told that a certificate ends soon: once for each step and certificate. None in maintenance; it is told after. Pure. */
export function certificateNotices(changes: readonly Change[]): NoticeSubject[] {
  return changes.flatMap(({ endpoint, record, maintenance }): NoticeSubject[] => {
    const { certificate, certificateTold } = endpoint.summary;
    if (certificate === null || maintenance) return [];
    const at = Date.parse(record.report.startedAt);
    const notAfter = Date.parse(certificate.notAfter);
    const step = expiryStep({ notBefore: Date.parse(certificate.notBefore), notAfter }, at);
    if (step === null) return [];
    const told = `${certificate.sha256}/${step}`;
    if (certificateTold === told) return [];
    endpoint.summary = { ...endpoint.summary, certificateTold: told };
    const days = daysLeft(notAfter, at);
    const rest = days < 1 ? 'less than a day' : days === 1 ? 'one day' : `${days} days`;
    return [
      {
        endpoint,
        incidentId: null,
        planned: { type: 'certificate.expiring', from: endpoint.status, to: endpoint.status, at },
        // The key of the fact keeps replicas with certificates of their own from telling it again and again.
        key: told,
        details: {
          summary: `The certificate ends in ${rest}`,
          daysLeft: days,
          notAfter: certificate.notAfter,
          subject: certificate.subject,
          issuer: certificate.issuer,
          sha256: certificate.sha256,
        },
      },
    ];
  });
}
