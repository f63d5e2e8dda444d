import type { Cause } from '@rollcall/contracts';
import type { ProbeVerdict } from '@rollcall/core';
import { type CauseCode, catalogue, docsPath } from './catalogue/index.ts';
import type { Observation } from './observation.ts';
import { orderFixes } from './order-fixes.ts';
import { factsOf } from './rules/facts.ts';
import { RULES } from './rules/index.ts';
import type { Facts, Hit } from './rules/rule.ts';
import type { Diagnosis } from './types.ts';

/** Faults of a layer that say something of their own even when an earlier layer already explains the failure. */
const INDEPENDENT =
  /^(ipv6\.|tls\.expiring|http\.plaintext|url\.blocked_port|redirect\.|latency\.|session\.delete_fails|expect\.certificate)/;

/** The first failing layer is the cause; the rest are findings. Pure: the same facts give the same diagnosis. */
export function diagnose(observation: Observation): Diagnosis {
  const facts = factsOf(observation);
  const hits = distinct(allHits(facts));
  const causeHit = facts.working.size > 0 ? worst(hits) : firstExplanation(hits);
  const rest = hits.filter((hit) => hit !== causeHit && (facts.working.size > 0 || belongs(hit, causeHit)));
  const cause = causeHit === null ? null : toCause(causeHit);
  const findings = rest.map(toCause);
  const demoted = findings.filter(({ severity }) => severity === 'down').map(({ code }) => code);
  return { verdict: verdictOf(cause, facts), cause, findings: findings.map(asFinding), ...(demoted.length === 0 ? {} : { demoted }) };
}

function allHits(facts: Facts): Hit[] {
  const hits: Hit[] = [];
  for (const rule of RULES) {
    const found = rule(facts);
    if (Array.isArray(found)) hits.push(...found);
    else if (found !== null) hits.push(found as Hit);
  }
  return hits;
}

function distinct(hits: readonly Hit[]): Hit[] {
  const seen = new Set<CauseCode>();
  return hits.filter((hit) => !seen.has(hit.code) && seen.add(hit.code));
}

function severityOf(hit: Hit) {
  return hit.severity ?? catalogue[hit.code].severity;
}

/** Something works: the cause is what keeps clients out, else what troubles them, in the order of the layers. */
function worst(hits: readonly Hit[]): Hit | null {
  const live = hits.filter((hit) => hit.code !== 'tls.expiring');
  return live.find((hit) => severityOf(hit) === 'down') ?? live.find((hit) => severityOf(hit) === 'degraded') ?? null;
}

/** Nothing works: the first rule that explains it. A remark cannot. */
function firstExplanation(hits: readonly Hit[]): Hit | null {
  const explains = (hit: Hit): boolean =>
    catalogue[hit.code].verdictOverride !== undefined ||
    (severityOf(hit) !== 'notice' && !/^(ipv6\.|http\.plaintext|url\.blocked_port|expect\.|latency\.)/.test(hit.code));
  const first = hits.find((hit) => explains(hit) && !SURVIVED.has(hit.code));
  return first ?? hits.find((hit) => explains(hit)) ?? hits.find((hit) => severityOf(hit) !== 'notice') ?? hits[0] ?? null;
}
/** A hop that was followed did not end the probe: what came after it did. */
const SURVIVED = new Set<CauseCode>(['redirect.trailing_slash']);

function belongs(hit: Hit, cause: Hit | null): boolean {
  if (cause === null) return true;
  if (INDEPENDENT.test(hit.code)) return true;
  return hit.code.startsWith('auth.') && cause.code.startsWith('auth.');
}

function toCause(hit: Hit): Cause {
  const entry = catalogue[hit.code];
  return {
    code: hit.code,
    layer: entry.layer,
    severity: severityOf(hit),
    confidence: hit.confidence ?? entry.confidence,
    title: entry.title,
    explanation: entry.explanation,
    evidence: { ...hit.evidence },
    fixes: orderFixes(entry.fixes, hit.evidence['server']),
    references: [...entry.references],
    docs: docsPath(hit.code),
  };
}

/** Only the cause may be `down`: a finding beside it says what else clients will meet. */
function asFinding(finding: Cause): Cause {
  return finding.severity === 'down' ? { ...finding, severity: 'degraded' } : finding;
}

function verdictOf(cause: Cause | null, facts: Facts): ProbeVerdict {
  if (cause === null) return facts.working.size > 0 ? 'up' : 'unknown';
  const override = catalogue[cause.code as CauseCode].verdictOverride;
  if (override !== undefined && facts.working.size === 0) return override;
  switch (cause.severity) {
    case 'down':
      return 'down';
    case 'degraded':
      return 'degraded';
    case 'notice':
      return facts.working.size > 0 ? 'up' : 'down';
  }
}
