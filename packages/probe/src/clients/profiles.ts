/** Version of this data: stored facts are judged again when it changes. */
export const CLIENT_DATA_VERSION = '2026-11-20';

type Known = 'yes' | 'no' | 'unknown';

/**
 * What is known of a shipping MCP client, and how surely. `unknown` stays unknown: nothing is inferred.
 * Certainty: A source read or measured, B vendor documentation or issue, C table of a third party, D memory.
 */
export interface ClientProfile {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly verifiedOn: string;
  readonly method: 'source' | 'measured' | 'docs' | 'report';
  readonly certainty: 'A' | 'B' | 'C' | 'D';
  readonly streamableHttp: Known;
  readonly sse: Known;
  /** `legacy`: initialize only. `auto`: discover first, then initialize. `modern`: 2026-07-28 only. */
  readonly era: 'legacy' | 'auto' | 'modern' | 'unknown';
  /** `same-origin`: refuses every other redirect of a POST. `fetch`: follows 307/308, strips credentials. `follow`: follows and keeps them. */
  readonly redirects: 'same-origin' | 'fetch' | 'follow' | 'unknown';
  /** Built on the TypeScript SDK, whose schemas refuse the whole list for one bad tool. */
  readonly sdk: 'ts-v1' | 'ts-v2' | 'python' | 'other' | 'unknown';
  /** Runs on its vendor's machines: public addresses and https only. */
  readonly hosted: boolean;
  /** `no-fallback`: a dead IPv6 address hangs it. `ipv4-only`: cannot reach an IPv6-only host. */
  readonly addresses: 'any' | 'no-fallback' | 'ipv4-only' | 'unknown';
  readonly refusesPlainHttp: Known;
  readonly refusesEmptyList: Known;
}

const base = {
  verifiedOn: '2026-11-20',
  streamableHttp: 'yes',
  sse: 'yes',
  era: 'unknown',
  redirects: 'unknown',
  sdk: 'unknown',
  hosted: false,
  addresses: 'unknown',
  refusesPlainHttp: 'unknown',
  refusesEmptyList: 'unknown',
} as const;
const measured = { method: 'measured', certainty: 'A', addresses: 'any', refusesPlainHttp: 'no', refusesEmptyList: 'no' } as const;

export const CLIENT_PROFILES: readonly ClientProfile[] = [
  {
    ...base,
    id: 'claude-code',
    name: 'Claude Code',
    version: '2.1.303',
    method: 'report',
    certainty: 'B',
    era: 'auto',
    addresses: 'no-fallback',
    redirects: 'unknown',
  },
  {
    ...base,
    id: 'claude-connectors',
    name: 'Claude connectors',
    version: '2026-10',
    method: 'report',
    certainty: 'C',
    redirects: 'fetch',
    hosted: true,
    addresses: 'ipv4-only',
    refusesPlainHttp: 'yes',
  },
  {
    ...base,
    id: 'chatgpt',
    name: 'ChatGPT connectors',
    version: '2026-10',
    method: 'docs',
    certainty: 'B',
    sse: 'unknown',
    hosted: true,
    refusesPlainHttp: 'yes',
  },
  {
    ...base,
    id: 'openai-responses',
    name: 'OpenAI Responses API',
    version: '2026-10',
    method: 'report',
    certainty: 'B',
    sse: 'unknown',
    hosted: true,
  },
  {
    ...base,
    id: 'vscode',
    name: 'VS Code / Copilot',
    version: '1.140',
    method: 'source',
    certainty: 'A',
    redirects: 'follow',
    sdk: 'other',
  },
  { ...base, id: 'cursor', name: 'Cursor', version: 'unpublished', method: 'report', certainty: 'C' },
  { ...base, id: 'windsurf', name: 'Windsurf', version: 'unpublished', method: 'report', certainty: 'C' },
  { ...base, id: 'zed', name: 'Zed', version: 'unpublished', method: 'report', certainty: 'C', sse: 'unknown', sdk: 'other' },
  {
    ...base,
    id: 'gemini-cli',
    name: 'Gemini CLI',
    version: '2026-10',
    method: 'source',
    certainty: 'A',
    era: 'legacy',
    sdk: 'ts-v1',
    refusesEmptyList: 'yes',
  },
  {
    ...base,
    id: 'cline',
    name: 'Cline',
    version: 'older commit',
    method: 'source',
    certainty: 'D',
    era: 'legacy',
    sdk: 'ts-v1',
    refusesEmptyList: 'no',
  },
  { ...base, id: 'librechat', name: 'LibreChat', version: '2026-10', method: 'docs', certainty: 'B', era: 'legacy', sdk: 'ts-v1' },
  {
    ...base,
    id: 'inspector',
    name: 'MCP Inspector',
    version: '2.3',
    method: 'source',
    certainty: 'A',
    era: 'legacy',
    sdk: 'ts-v2',
    refusesPlainHttp: 'no',
  },
  {
    ...base,
    id: 'mcp-remote',
    name: 'mcp-remote',
    version: '2026-08-21',
    method: 'source',
    certainty: 'A',
    era: 'legacy',
    sdk: 'ts-v1',
    refusesPlainHttp: 'yes',
  },
  {
    ...base,
    id: 'python-sdk',
    name: 'Python SDK',
    version: '2026-08-20',
    method: 'source',
    certainty: 'A',
    era: 'auto',
    redirects: 'unknown',
    sdk: 'python',
    addresses: 'no-fallback',
    refusesPlainHttp: 'no',
    refusesEmptyList: 'no',
  },
  {
    ...base,
    ...measured,
    id: 'ts-sdk-v1.31',
    name: 'TypeScript SDK v1, up to 1.31',
    version: '1.31.0',
    era: 'legacy',
    redirects: 'fetch',
    sdk: 'ts-v1',
  },
  {
    ...base,
    ...measured,
    id: 'ts-sdk-v1',
    name: 'TypeScript SDK v1',
    version: '1.32.2',
    era: 'legacy',
    redirects: 'same-origin',
    sdk: 'ts-v1',
  },
  {
    ...base,
    ...measured,
    id: 'ts-client-v2',
    name: 'TypeScript client v2 (default)',
    version: '2.4.0',
    era: 'legacy',
    redirects: 'same-origin',
    sdk: 'ts-v2',
  },
  {
    ...base,
    ...measured,
    id: 'ts-client-v2-auto',
    name: 'TypeScript client v2 (auto)',
    version: '2.4.0',
    era: 'auto',
    redirects: 'same-origin',
    sdk: 'ts-v2',
  },
  {
    ...base,
    ...measured,
    id: 'ts-client-v2-modern',
    name: 'TypeScript client v2 (2026-07-28 only)',
    version: '2.4.0',
    sse: 'no',
    era: 'modern',
    redirects: 'same-origin',
    sdk: 'ts-v2',
  },
];
