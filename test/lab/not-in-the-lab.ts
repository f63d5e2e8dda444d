import type { CauseCode } from '@rollcall/probe';

/** Codes that no server can show to one probe, and what proves them instead. */
export const WITHOUT_SCENARIO: Readonly<Partial<Record<CauseCode, string>>> = {
  'http.no_response':
    'Only the network can break a standing connection in a way that no rule names (EHOSTUNREACH, ETIMEDOUT): packages/probe/src/diagnose.test.ts.',
  'tools.drift': 'The service tells it from the lists of two probes; one probe sees one list.',
};

/** Snippets for nginx and Caddy (`code product`) that cannot be run here, and why. */
export const UNPROVABLE_FIXES: Readonly<Record<string, string>> = {};
