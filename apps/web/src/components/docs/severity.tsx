import type { Severity } from '@rollcall/core';

/** What a severity means for whoever reads about the cause. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  down: 'Down: no client gets as far as the tool list.',
  degraded: 'Degraded: some clients fail, lose something, or wait.',
  notice: 'Notice: it works today, and is worth knowing.',
};

export const LAYER_WORDS: Readonly<Record<string, string>> = {
  prober: 'The monitor itself',
  dns: 'DNS',
  tcp: 'TCP',
  tls: 'TLS',
  http: 'HTTP',
  transport: 'Transport',
  session: 'Session',
  jsonrpc: 'JSON-RPC',
  protocol: 'Protocol and era',
  tools: 'Tools',
  auth: 'Sign-in',
  client: 'Address and expectations',
};
