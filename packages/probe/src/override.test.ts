import type { Cause } from '@rollcall/contracts';
import type { Severity } from '@rollcall/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CauseCode, catalogue } from './catalogue/index.ts';
import { needsForce, override, type SeverityOverride } from './override.ts';
import type { Diagnosis } from './types.ts';

function item(code: CauseCode, severity: Severity = catalogue[code].severity): Cause {
  const { layer, confidence, title, explanation } = catalogue[code];
  return {
    code,
    layer,
    severity,
    confidence,
    title,
    explanation,
    evidence: { n: 1 },
    fixes: [],
    references: [],
    docs: `/docs/causes/${code}`,
  };
}

const diagnosis = (verdict: Diagnosis['verdict'], cause: Cause | null, findings: Cause[] = [], demoted?: string[]): Diagnosis => ({
  verdict,
  cause,
  findings,
  ...(demoted ? { demoted } : {}),
});
const wish = (code: CauseCode, severity: SeverityOverride['severity'], more: Partial<SeverityOverride> = {}): SeverityOverride => ({
  code,
  severity,
  reason: 'we know',
  ...more,
});
const brief = ({ verdict, cause, findings }: Diagnosis) => [
  verdict,
  cause?.code ?? null,
  findings.map(({ code, severity }) => `${code} ${severity}`),
];

describe('an override', () => {
  it('lowers a cause, and the verdict with it; the reason is shown', () => {
    const lowered = override(diagnosis('down', item('tools.list_failed')), [wish('tools.list_failed', 'degraded')]);
    expect(brief(lowered)).toEqual(['degraded', 'tools.list_failed', []]);
    expect(lowered.cause?.evidence).toEqual({ n: 1, override: 'we know' });
  });

  it.each(['notice', 'mute'] as const)('to %s leaves no cause', (severity) => {
    const result = override(diagnosis('degraded', item('expect.latency')), [wish('expect.latency', severity)]);
    expect(brief(result)).toEqual(['up', null, ['expect.latency notice']]);
    expect(result.findings[0]?.evidence).toMatchObject({ override: 'we know', ...(severity === 'mute' ? { muted: true } : {}) });
  });

  it('raises a finding to the cause', () => {
    const empty = item('tools.empty', 'notice');
    expect(brief(override(diagnosis('up', null, [empty]), [wish('tools.empty', 'down')]))).toEqual(['down', 'tools.empty', []]);
    const slow = item('expect.latency');
    expect(brief(override(diagnosis('degraded', slow, [empty]), [wish('tools.empty', 'down')]))).toEqual([
      'down',
      'tools.empty',
      ['expect.latency degraded'],
    ]);
    expect(brief(override(diagnosis('degraded', slow, [empty]), [wish('tools.empty', 'degraded')]))).toEqual([
      'degraded',
      'expect.latency',
      ['tools.empty degraded'],
    ]);
  });

  it('uncovers what the muted cause had covered', () => {
    const covered = diagnosis('down', item('tools.cursor_null'), [item('tools.schema_invalid', 'degraded')], ['tools.schema_invalid']);
    expect(brief(override(covered, [wish('tools.cursor_null', 'mute')]))).toEqual([
      'down',
      'tools.schema_invalid',
      ['tools.cursor_null notice'],
    ]);
  });

  it('of a finding does not make a cause of another one', () => {
    const result = override(diagnosis('up', null, [item('tls.expiring', 'degraded'), item('tools.empty', 'notice')]), [
      wish('tools.empty', 'mute'),
    ]);
    expect(brief(result)).toEqual(['up', null, ['tls.expiring degraded', 'tools.empty notice']]);
    expect(brief(override(diagnosis('up', null, [item('tls.expiring', 'degraded')]), [wish('tls.expiring', 'degraded')]))).toEqual([
      'degraded',
      'tls.expiring',
      [],
    ]);
  });

  it('makes no failure of "gated" or "unknown" unless the owner says so for that code', () => {
    for (const [code, verdict] of [
      ['auth.required', 'gated'],
      ['http.rate_limited', 'unknown'],
      ['prober.offline', 'unknown'],
    ] as const) {
      expect(needsForce(code, 'down')).toBe(true);
      const before = diagnosis(verdict, item(code));
      expect(override(before, [wish(code, 'down')])).toEqual(before);
      expect(brief(override(before, [wish(code, 'down', { force: true })]))).toEqual(['down', code, []]);
      expect(brief(override(before, [wish(code, 'mute')]))[0]).toBe(verdict);
    }
  });

  it('of what was not found changes nothing', () => {
    const before = diagnosis('down', item('tcp.refused'));
    expect(override(before, [wish('tcp.timeout', 'mute')])).toBe(before);
    expect(override(before, [])).toBe(before);
  });
});

describe('whatever is overridden', () => {
  const codes = (Object.keys(catalogue) as CauseCode[]).filter((code) => catalogue[code].verdictOverride === undefined);
  const found = fc.uniqueArray(fc.constantFrom(...codes), { minLength: 1, maxLength: 6 });
  const wishes = fc.uniqueArray(
    fc.record({
      code: fc.constantFrom(...codes.slice(0, 12)),
      severity: fc.constantFrom<SeverityOverride['severity']>('down', 'degraded', 'notice', 'mute'),
      reason: fc.constant('because'),
    }),
    { selector: ({ code }) => code },
  );

  it('everything found is still shown once, the cause decides the verdict, and only the cause is down', () => {
    fc.assert(
      fc.property(found, wishes, fc.boolean(), (list, asked, hasCause) => {
        const items = list.map((code) => item(code, 'degraded'));
        const before = hasCause
          ? diagnosis('degraded', items[0] ?? null, items.slice(1))
          : diagnosis(
              'up',
              null,
              items.map((one) => ({ ...one, severity: 'notice' })),
            );
        const after = override(before, asked);
        const shown = [...(after.cause ? [after.cause] : []), ...after.findings];
        expect(shown.map(({ code }) => code).sort()).toEqual([...list].sort());
        expect(after.findings.every(({ severity }) => severity !== 'down')).toBe(true);
        expect(after.verdict).toBe(after.cause === null ? 'up' : after.cause.severity);
        for (const { code, evidence } of shown)
          expect(evidence['override']).toBe(asked.some((one) => one.code === code) ? 'because' : undefined);
      }),
      { numRuns: 300 },
    );
  });
});
