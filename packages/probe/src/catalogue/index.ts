import { auth } from './entries/auth.ts';
import { edge } from './entries/edge.ts';
import { http } from './entries/http.ts';
import { jsonrpc } from './entries/jsonrpc.ts';
import { network } from './entries/network.ts';
import { proberAndExpect } from './entries/prober-and-expect.ts';
import { protocol } from './entries/protocol.ts';
import { redirect } from './entries/redirect.ts';
import { session } from './entries/session.ts';
import { sse } from './entries/sse.ts';
import { tls } from './entries/tls.ts';
import { tools } from './entries/tools.ts';
import { transport } from './entries/transport.ts';
import type { CatalogueEntry } from './types.ts';

export type { CatalogueEntry } from './types.ts';

const entries = {
  ...proberAndExpect,
  ...network,
  ...tls,
  ...redirect,
  ...http,
  ...edge,
  ...transport,
  ...sse,
  ...session,
  ...jsonrpc,
  ...protocol,
  ...tools,
  ...auth,
};
export type CauseCode = keyof typeof entries;
export const catalogue: Readonly<Record<CauseCode, CatalogueEntry>> = entries;

/** Where a cause is explained. */
export function docsPath(code: string): string {
  return `/docs/causes/${code}`;
}
