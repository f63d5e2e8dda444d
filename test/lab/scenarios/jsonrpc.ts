import type { Scenario } from '../kit/types.ts';

/** JSON-RPC: what comes back is no answer to what was asked. */
export const jsonrpc: readonly Scenario[] = [
  {
    code: 'jsonrpc.parse_error',
    fault: async (bench) => {
      const { url } = await bench.mcp({
        wires: ['legacy'],
        answers: { initialize: (call) => call.text(200, 'Server starting on port 3000', { 'content-type': 'application/json' }) },
      });
      return { url };
    },
    twin: async (bench) => ({ url: (await bench.mcp({ wires: ['legacy'] })).url }),
  },
];
