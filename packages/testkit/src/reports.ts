import type { Cause, Report } from '@rollcall/contracts';

/** A report of a probe that found nothing wrong, begun now, but for what is said otherwise. */
export function reportWith(more: Partial<Report> = {}): Report {
  return {
    schema: 'rollcall.report/1',
    url: 'https://mcp.example.com/mcp',
    startedAt: new Date().toISOString(),
    durationMs: 10,
    region: 'default',
    verdict: 'up',
    transport: null,
    eras: { modern: 'absent', legacy: 'works' },
    protocolVersion: null,
    server: null,
    tools: null,
    steps: [],
    cause: null,
    findings: [],
    clients: [],
    exchanges: [],
    ...more,
  };
}

/** A cause as certain and as bad as can be, but for what is said otherwise. */
export function causeWith(code: Cause['code'], more: Partial<Cause> = {}): Cause {
  return {
    code,
    layer: 'tcp',
    severity: 'down',
    confidence: 'certain',
    title: code,
    explanation: `${code}.`,
    evidence: {},
    fixes: [],
    references: [],
    docs: `/docs/causes/${code}`,
    ...more,
  };
}
