import type { Cause, ClientVerdict, Report } from '@rollcall/contracts';
import { describe, expect, it } from 'vitest';
import { createPaint } from '../paint.ts';
import { renderReport } from './render.ts';
import { readable, widthOf, wrapItems } from './text.ts';
import { renderTranscript } from './transcript.ts';

const plain = createPaint({}, { NO_COLOR: '1' });
const timings = { dnsMs: 0, tcpMs: 0, tlsMs: 0, ttfbMs: 0, totalMs: 12 };
const report: Report = {
  schema: 'rollcall.report/1',
  url: 'https://mcp.example.com/mcp',
  startedAt: '2026-11-20T12:00:00.000Z',
  durationMs: 312,
  region: 'default',
  verdict: 'up',
  transport: 'streamable-http',
  eras: { modern: 'works', legacy: 'works' },
  protocolVersion: '2026-07-28',
  server: { name: 'notes', version: '1.0.0', capabilities: {} },
  tools: { count: 2, hash: 'sha256:0', names: ['a', 'b'] },
  steps: [],
  cause: null,
  findings: [],
  clients: [],
  exchanges: [],
};
const cause: Cause = {
  code: 'tools.schema_invalid',
  layer: 'tools',
  severity: 'down',
  confidence: 'certain',
  title: 'One bad tool',
  explanation: 'It has a fault. Clients refuse the list, e.g. all of it.',
  evidence: { exchange: 1, server: null, problems: [{ tool: 'search', pointer: '/description', value: null }], list: [] },
  fixes: [{ for: 'app', text: 'Mend it.', snippet: 'a {\n  b\n}' }],
  references: [],
  docs: '/docs/causes/tools.schema_invalid',
};
const client = (name: string, verdict: ClientVerdict['verdict'], because: string | null): ClientVerdict => ({
  id: name,
  name,
  verdict,
  because,
});

describe('the report on a terminal', () => {
  it('shows evidence as a person reads it: no null, no JSON', () => {
    const text = renderReport({ ...report, verdict: 'down', cause }, plain, 80);
    expect(text).toContain('problems  tool search · pointer /description');
    expect(text).not.toMatch(/null|\[\]|server {2}|[{"]tool/);
    expect(text).toContain('      a {\n        b\n      }');
    expect(text).toContain('More  /docs/causes/tools.schema_invalid');
  });

  it('tells a notice in one sentence, with its page', () => {
    const text = renderReport({ ...report, findings: [{ ...cause, severity: 'notice' }] }, plain, 80);
    expect(text).toContain('  i One bad tool\n    It has a fault.\n    /docs/causes/tools.schema_invalid\n');
    expect(text).not.toContain('Mend it.');
  });

  it('folds clients that fare alike, those that fail first', () => {
    const all = renderReport({ ...report, clients: ['A', 'B'].map((name) => client(name, 'works', null)) }, plain, 80);
    expect(all).toContain('  ✔ works    all 2 known\n');
    const mixed = [client('A', 'works', null), client('B, old', 'fails', 'x.y'), client('C', 'works', null), client('D', 'fails', 'x.y')];
    const text = renderReport({ ...report, clients: mixed }, plain, 80);
    expect(text).toContain('  ✘ fails    B, old · D\n             because of x.y\n  ✔ works    A · C\n');
  });

  it('says which deep checks were not finished', () => {
    expect(renderReport({ ...report, unfinished: ['streams', 'versions'] }, plain, 80)).toContain('not finished: streams, versions');
    expect(renderReport(report, plain, 80)).not.toContain('not finished');
  });

  it('fits its width, but for what is to be copied', () => {
    const long = { ...cause, explanation: 'word '.repeat(60), evidence: { body: 'text '.repeat(90), aVeryLongNameOfSomeEvidence: 'x' } };
    for (const width of [60, 80, 100]) {
      const lines = renderReport({ ...report, verdict: 'down', cause: long }, plain, width).split('\n');
      expect(lines.filter((line) => line.length > width)).toEqual([]);
    }
    expect([widthOf({}), widthOf({ columns: 20 }), widthOf({ columns: 300 })]).toEqual([80, 60, 100]);
    expect(wrapItems(['one item', 'two items'], 12)).toEqual(['one item', 'two items']);
    expect([readable(null), readable({ a: null }), readable([1, 2]), readable({ a: 1, b: { c: 2 } })]).toEqual([
      null,
      null,
      ['1, 2'],
      ['a 1 · b (c 2)'],
    ]);
  });
});

describe('the transcript', () => {
  it('shows an event stream event by event, and what the server sent as what it is', () => {
    const exchange = {
      n: 1,
      method: 'GET',
      url: 'https://mcp.example.com/sse',
      status: 200,
      timings,
      requestHeaders: {},
      responseHeaders: { 'content-type': 'text/event-stream' },
      requestBody: null,
      responseBody: ': ping\n\nevent: message\nid: 7\ndata: {"a":"\\u001b[31m"}\n\ndata: cut off {',
      error: 'http: truncated',
      curl: 'curl',
    };
    const text = renderTranscript({ ...report, exchanges: [exchange] }, plain);
    expect(text).toContain('  < · : ping\n  < · event: message  id: 7\n  <     {\n  <       "a": "\\u001b[31m"\n  <     }\n');
    expect(text).toContain('  < · event\n  <     cut off {\n  < http: truncated\n');
  });
});
