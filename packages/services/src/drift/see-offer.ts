import { type DriftStep, seeSnapshot } from '@rollcall/core';
import { z } from 'zod';
import type { ProbeRecord } from '../probes/record-probes.ts';
import type { EndpointSummary } from '../probes/summary.ts';
import { type CertificateSeen, certificateSchema } from './drift-memory.ts';
import { type Offer, offerOf } from './offer.ts';

/** A region that has not looked for so many intervals has no say. */
const STALE_INTERVALS = 3;
const MIN_STALE_MS = 600_000;

/** What a record changed of what is known of the server's offer; `wire`: where in the observation it stands. */
export interface DriftSeen {
  readonly outcome: NonNullable<DriftStep['outcome']>;
  readonly offer: NonNullable<ReturnType<typeof offerOf>> & Offer;
}

const tlsSchema = z.object({
  tls: z.object({ authorizationError: z.string().nullable(), leaf: certificateSchema.nullable() }).nullable().catch(null),
});

function certificateOf(observed: unknown): CertificateSeen | null {
  const parsed = tlsSchema.safeParse(observed);
  const tls = parsed.success ? parsed.data.tls : null;
  // One that clients refuse is a cause, and says so itself.
  return tls === null || tls.authorizationError !== null ? null : tls.leaf;
}

/** Takes the record's offer and certificate into the summary. Compares hashes only. Pure. */
export function seeOffer(
  summary: EndpointSummary,
  record: Pick<ProbeRecord, 'observation' | 'region'>,
  { at, intervalSeconds }: { at: number; intervalSeconds: number },
): { summary: EndpointSummary; seen: DriftSeen | null } {
  const certificate = certificateOf(record.observation) ?? summary.certificate;
  const offer = offerOf(record.observation);
  if (offer === null) return { summary: { ...summary, certificate }, seen: null };
  const { hash, count } = offer;
  const staleMs = Math.max(STALE_INTERVALS * intervalSeconds * 1000, MIN_STALE_MS);
  const { memory, outcome } = seeSnapshot(summary.drift, { hash, count, region: record.region, at }, staleMs);
  return { summary: { ...summary, certificate, drift: memory }, seen: outcome === null ? null : { outcome, offer } };
}
