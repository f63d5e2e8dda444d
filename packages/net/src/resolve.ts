import { lookup, Resolver } from 'node:dns/promises';
import type { ResolvedAddress } from './dial-facts.ts';
import { codeOf, NetError } from './net-error.ts';

/** Answers every address of a host name, in the order in which they should be tried. Rejects with a DNS `code`. */
export type Resolve = (host: string) => Promise<readonly ResolvedAddress[]>;

/** The system's resolver (getaddrinfo: what MCP clients use, hosts file included); on failure asks DNS why, so that an empty name differs from a missing one. */
export const systemResolve: Resolve = async (host) => {
  try {
    const answers = await lookup(host, { all: true, verbatim: true });
    return answers.map(({ address, family }) => ({ address, family: family === 6 ? 6 : 4 }));
  } catch (error) {
    throw new NetError('dns', await explain(host, codeOf(error)), { cause: error });
  }
};

async function explain(host: string, code: string): Promise<string> {
  if (code !== 'ENOTFOUND' && code !== 'EAI_AGAIN') return code;
  const resolver = new Resolver({ timeout: 1000, tries: 1 });
  const codes = await Promise.all([resolver.resolve4(host).then(() => 'ok', codeOf), resolver.resolve6(host).then(() => 'ok', codeOf)]);
  // getaddrinfo says ENOTFOUND for NODATA, too; only a definite answer of DNS may refine what it said.
  if (codes.includes('ENOTFOUND')) return 'ENOTFOUND';
  if (codes.includes('ESERVFAIL')) return 'ESERVFAIL';
  if (codes.every((c) => c === 'ENODATA')) return 'ENODATA';
  // Nobody listens where this machine was told to ask.
  if (codes.every((c) => c === 'ECONNREFUSED')) return 'ECONNREFUSED';
  return code;
}

/** `resolve` with its own deadline; every rejection becomes a NetError of phase dns. */
export async function resolveWithin(resolve: Resolve, host: string, ms: number): Promise<readonly ResolvedAddress[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new NetError('dns', 'dns_timeout')), ms);
  });
  try {
    const addresses = await Promise.race([resolve(host), late]);
    if (addresses.length === 0) throw new NetError('dns', 'ENODATA');
    return addresses;
  } catch (error) {
    throw error instanceof NetError ? error : new NetError('dns', codeOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
  }
}
