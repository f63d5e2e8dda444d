import type { Report } from '@rollcall/contracts';
import { causeWith, reportWith } from '@rollcall/testkit';
import type { ProbeRecord } from '../src/probes/record-probes.ts';

/** A report of that verdict with one cause and one client that fails by it. */
export function reportOf(
  verdict: Report['verdict'],
  startedAt: Date,
  code = 'tcp.refused',
  title = 'Nothing listens on that port',
): Report {
  const well = verdict === 'up';
  return reportWith({
    startedAt: startedAt.toISOString(),
    durationMs: 12.3,
    verdict,
    transport: well ? 'streamable-http' : null,
    eras: { modern: 'absent', legacy: well ? 'works' : 'fails' },
    protocolVersion: well ? '2025-11-25' : null,
    server: well ? { name: 'server', version: '1', capabilities: {} } : null,
    tools: well ? { count: 2, hash: 'sha256:aa', names: ['a', 'b'] } : null,
    steps: [{ name: 'tcp', ms: 1.25, ok: well }],
    cause: well
      ? null
      : causeWith(code, {
          severity: verdict === 'degraded' ? 'degraded' : 'down',
          title,
          explanation: `${title}.`,
          fixes: [{ for: 'app', text: 'Start it.' }],
        }),
    clients: [{ id: 'claude-code', name: 'Claude Code', verdict: well ? 'works' : 'fails', because: well ? null : code }],
  });
}

export function recordOf(
  endpointId: string,
  slot: Date,
  verdict: Report['verdict'],
  more: { code?: string; address?: string } = {},
): ProbeRecord {
  return {
    endpointId,
    region: 'default',
    slot: slot.getTime(),
    kind: 'scheduled',
    deep: false,
    report: reportOf(verdict, slot, more.code),
    observation: { exchanges: [{ address: more.address ?? null }] },
    retryAfterMs: null,
  };
}
