import type { CatalogueEntry } from '../types.ts';

export const proberAndExpect = {
  'prober.address_blocked': {
    code: 'prober.address_blocked',
    layer: 'prober',
    severity: 'down',
    confidence: 'certain',
    title: 'This address is not public',
    explanation:
      'The address is loopback, private or reserved, and this installation only checks public addresses. That keeps others from reaching its own network through it.',
    evidence: ['url', 'host', 'addresses', 'blocked'],
    fixes: [
      {
        for: 'rollcall',
        text: 'On an installation of your own, private targets can be allowed.',
        snippet: 'ROLLCALL_ALLOW_PRIVATE_TARGETS=1',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc6890'],
    affected: 'The monitor only; clients in the same network are not affected.',
    verdictOverride: 'unknown',
  },
  'prober.internal': {
    code: 'prober.internal',
    layer: 'prober',
    severity: 'notice',
    confidence: 'certain',
    title: 'The check could not be carried out',
    explanation:
      'The check could not be carried out. The fault is on the side of the monitor, so nothing is said about the server, and the check counts as no data.',
    evidence: ['error'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Read the log of the prober at the time of the check.',
      },
    ],
    references: [],
    affected: 'The monitor only.',
    verdictOverride: 'unknown',
  },
  'prober.offline': {
    code: 'prober.offline',
    layer: 'prober',
    severity: 'notice',
    confidence: 'certain',
    title: 'The monitor itself is cut off',
    explanation:
      'The monitor has no route to the address, or nobody answers where it asks for names. That says nothing about the server, and the check counts as no data.',
    evidence: ['error', 'host', 'address', 'addresses'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Check the network and the DNS resolver of the prober. A name with IPv6 addresses only needs a prober with IPv6.',
      },
    ],
    references: [],
    affected: 'The monitor only.',
    verdictOverride: 'unknown',
  },
  'expect.latency': {
    code: 'expect.latency',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Slower than the owner expects',
    explanation: 'Handshake and tool list took longer than the budget the owner set. Clients may be content with it.',
    evidence: ['expectedMs', 'ms'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Look at the steps of the check: the slowest one is where the time went. Raise the budget if it was too tight.',
      },
    ],
    references: [],
    affected: 'Nobody as such: the owner wanted to know.',
  },
  'expect.min_tools': {
    code: 'expect.min_tools',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Fewer tools than the owner expects',
    explanation:
      'The list has fewer tools than the owner expects. Often a credential or a feature flag behind the missing ones has been lost.',
    evidence: ['expected', 'count'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Find out which tools are gone; lower the expected number if that was meant.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Clients that used the missing tools.',
  },
  'expect.required_tools': {
    code: 'expect.required_tools',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'A required tool is missing',
    explanation: 'A tool the owner named is not in the list. It was renamed, removed, or could not be registered at the start.',
    evidence: ['missing'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Bring the tool back, or name the new one in the expectation.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Clients that use the tool.',
  },
  'expect.protocol_version': {
    code: 'expect.protocol_version',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Another protocol version than the owner expects',
    explanation: 'The negotiated version is not among those the owner expects. The server or its SDK was upgraded or set back.',
    evidence: ['expected', 'negotiated'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Compare the deployed version of the server, and add the new revision to the expectation if it was meant.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/basic/versioning'],
    affected: 'Nobody as such: the owner wanted to know.',
  },
  'expect.server_version': {
    code: 'expect.server_version',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Another server version than the owner expects',
    explanation:
      'The name or version the server gives differs from the expected one. Another release is running, or another server answers at this address.',
    evidence: ['expected', 'version', 'expectedName', 'name'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Compare with the release you deployed, and adjust the expectation if it was meant.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/lifecycle'],
    affected: 'Nobody as such: the owner wanted to know.',
  },
  'expect.call_failed': {
    code: 'expect.call_failed',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The tool that the owner calls fails',
    explanation:
      'Handshake and list work, but the tool that the owner wants called gave no result: it is not in the list, the call was answered with an error, or the tool itself says that it failed. Often what stands behind the server is gone.',
    evidence: ['tool', 'reason', 'status', 'error', 'text', 'waitedMs'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Repeat the call with the printed line. When the server answers it differently, compare the arguments with the schema of the tool.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Clients that use the tool.',
  },
  'expect.call_mismatch': {
    code: 'expect.call_mismatch',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The tool answers other than the owner expects',
    explanation: 'The tool that the owner wants called gave a result, and something in it is not as asserted.',
    evidence: ['tool', 'failed'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Read what stood at the named place of the result; mend the server, or the assertion if the new answer is meant.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Clients that rely on the answer.',
  },
  'expect.certificate_days': {
    code: 'expect.certificate_days',
    layer: 'client',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The certificate ends sooner than the owner expects',
    explanation: 'The certificate ends sooner than the owner wants. It still works; renew it.',
    evidence: ['expected', 'daysLeft', 'notAfter'],
    fixes: [
      {
        for: 'certbot',
        text: 'Try the renewal without carrying it out.',
        snippet: 'certbot renew --dry-run',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc5280'],
    affected: 'Nobody yet; all clients from the day it ends.',
  },
} as const satisfies Record<string, CatalogueEntry>;
