/** What the demonstration shows: three healthy servers, one per wire, and one with the most common fault there is. */
export const DEMO_ENDPOINTS = [
  { path: '/weather/mcp', name: 'Demo: weather (Streamable HTTP)', transport: 'streamable-http' },
  { path: '/notes/sse', name: 'Demo: notes (HTTP+SSE)', transport: 'sse' },
  { path: '/catalogue/mcp', name: 'Demo: catalogue (2026-07-28)', transport: 'streamable-http' },
  { path: '/moved/mcp', name: 'Demo: behind a redirect that loses the method', transport: 'auto' },
] as const;
