import { authRules, authStatusRules } from './auth.ts';
import { callRules } from './call.ts';
import { deadlineRules } from './deadline.ts';
import { deepHttpRules } from './deep-http.ts';
import { dnsRules } from './dns.ts';
import { bodyRules, edgeRules, unexpectedStatusRules } from './http.ts';
import { jsonrpcErrorRules, jsonrpcRules, lastRules } from './jsonrpc.ts';
import { latencyRules } from './latency.ts';
import { modernRules } from './modern.ts';
import { proberRules } from './prober.ts';
import { protocolRules } from './protocol.ts';
import { redirectRules } from './redirect.ts';
import type { Rule } from './rule.ts';
import { sessionRules } from './session.ts';
import { sseRules } from './sse.ts';
import { tcpRules } from './tcp.ts';
import { tlsRules } from './tls.ts';
import { listRules, toolRules } from './tools.ts';

/** In the order in which a probe meets the layers: the first rule that explains why nothing works names the cause. */
export const RULES: readonly Rule[] = [
  ...proberRules,
  ...dnsRules,
  ...tcpRules,
  ...tlsRules,
  ...redirectRules,
  ...authRules,
  ...deadlineRules,
  ...sessionRules,
  ...edgeRules,
  ...authStatusRules,
  ...sseRules,
  ...jsonrpcRules,
  ...bodyRules,
  ...modernRules,
  ...protocolRules,
  ...listRules,
  ...jsonrpcErrorRules,
  ...toolRules,
  ...deepHttpRules,
  ...latencyRules,
  ...callRules,
  ...unexpectedStatusRules,
  ...lastRules,
];
