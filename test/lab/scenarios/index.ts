import type { Scenario } from '../kit/types.ts';
import { auth } from './auth.ts';
import { authServer } from './auth-server.ts';
import { body } from './body.ts';
import { edge } from './edge.ts';
import { expectations } from './expect.ts';
import { http } from './http.ts';
import { jsonrpc } from './jsonrpc.ts';
import { modern } from './modern.ts';
import { dns, latency, plaintext, tcp } from './network.ts';
import { addresses, prober } from './prober.ts';
import { protocol } from './protocol.ts';
import { redirect } from './redirect.ts';
import { session } from './session.ts';
import { sse } from './sse.ts';
import { sseAnswers } from './sse-answers.ts';
import { tls } from './tls.ts';
import { toolPages } from './tool-pages.ts';
import { tools } from './tools.ts';
import { transport } from './transport.ts';

/** Every scenario of the lab, in the order of the layers. */
export const scenarios: readonly Scenario[] = [
  ...prober,
  ...addresses,
  ...expectations,
  ...dns,
  ...tcp,
  ...tls,
  ...plaintext,
  ...latency,
  ...redirect,
  ...http,
  ...body,
  ...edge,
  ...transport,
  ...session,
  ...sse,
  ...sseAnswers,
  ...jsonrpc,
  ...protocol,
  ...modern,
  ...tools,
  ...toolPages,
  ...auth,
  ...authServer,
];
