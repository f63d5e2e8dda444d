import { isIP } from 'node:net';
import type { Step } from '@rollcall/contracts';
import type { EraSetting, TransportSetting } from '@rollcall/core';
import { type Resolve, systemResolve } from '@rollcall/net';
import { check, type ProbeTarget, type TargetAuth } from '@rollcall/probe';
import { EXIT_UNKNOWN, exitCodeOf } from '../exit-codes.ts';
import { createPaint, type Paint } from '../paint.ts';
import { renderReport, renderStep } from './render.ts';
import { widthOf } from './text.ts';
import { renderTranscript } from './transcript.ts';

export interface CheckOptions {
  readonly transport: TransportSetting;
  readonly era: EraSetting;
  readonly header: Record<string, string>;
  readonly bearer?: string;
  readonly oauthClientId?: string;
  readonly oauthClientSecret?: string;
  readonly oauthScope?: string;
  readonly oauthIssuer?: string;
  readonly timeout: number;
  readonly deep: boolean;
  readonly publicOnly: boolean;
  /** Host → addresses that are used instead of asking DNS. */
  readonly resolve: Record<string, string[]>;
  readonly json: boolean;
  readonly transcript: boolean;
}

/** @throws Error when the options contradict each other. */
function authOf(options: CheckOptions): TargetAuth {
  const { bearer, oauthClientId, oauthClientSecret, oauthScope } = options;
  if ((oauthClientId === undefined) !== (oauthClientSecret === undefined))
    throw new Error('--oauth-client-id and --oauth-client-secret belong together.');
  if (oauthClientId === undefined && options.oauthIssuer !== undefined)
    throw new Error('--oauth-issuer says where the secret of --oauth-client-id may go; give both.');
  if (options.oauthIssuer !== undefined && !URL.canParse(options.oauthIssuer)) throw new Error('--oauth-issuer must be a URL.');
  if (bearer !== undefined && oauthClientId !== undefined) throw new Error('Give either --bearer or --oauth-client-id, not both.');
  if (bearer !== undefined) return { type: 'bearer', token: bearer };
  if (oauthClientId !== undefined && oauthClientSecret !== undefined)
    return { type: 'oauth', clientId: oauthClientId, clientSecret: oauthClientSecret, scope: oauthScope };
  return { type: 'none' };
}

function toTarget(url: string, options: CheckOptions): ProbeTarget {
  return {
    url,
    transport: options.transport,
    era: options.era,
    headers: options.header,
    auth: authOf(options),
    ...(options.oauthIssuer === undefined ? {} : { boundIssuer: { issuer: options.oauthIssuer, tokenOrigin: null } }),
    timeoutMs: Math.round(options.timeout * 1000),
    deep: options.deep,
    region: 'default',
    hint: null,
    expect: {},
    baseline: null,
  };
}

/** The given hosts at the given addresses, every other by the system. */
function fixedResolve(hosts: Record<string, string[]>): Resolve {
  return async (host) => {
    const addresses = hosts[host.toLowerCase()];
    return addresses === undefined ? systemResolve(host) : addresses.map((address) => ({ address, family: isIP(address) === 6 ? 6 : 4 }));
  };
}

/**
 * Checks and prints; answers with the exit code. Ctrl-C ends the probe properly: sessions are closed.
 * @throws Error when the address is none or the options contradict each other: a fault of the command line, not of a server.
 */
export async function runCheck(url: string, options: CheckOptions): Promise<number> {
  if (!URL.canParse(url)) throw new Error(`"${url}" is not a URL. Write the whole address, such as https://mcp.example.com/mcp.`);
  const target = toTarget(url, options);
  const paint = createPaint(process.stdout, process.env);
  const aborter = new AbortController();
  process.once('SIGINT', () => aborter.abort());
  const live = !options.json;
  if (live) process.stdout.write(`${paint.dim(url)}\n`);
  const onStep = live ? (step: Step) => void process.stdout.write(`${renderStep(step, paint)}\n`) : undefined;
  const { report } = await check(target, {
    policy: { allowPrivate: !options.publicOnly },
    onStep,
    signal: aborter.signal,
    // Loaded only when it is wanted: an ordinary check starts without the SDKs.
    simulate: target.deep ? async (...args) => (await import('@rollcall/probe/simulate')).simulateClients(...args) : undefined,
    resolve: Object.keys(options.resolve).length === 0 ? undefined : fixedResolve(options.resolve),
  });
  if (aborter.signal.aborted) return EXIT_UNKNOWN;
  await print(options, report, paint);
  return exitCodeOf(report.verdict);
}

/** Waits until it is out: a pipe may be slower than the process is to end. */
async function print(options: CheckOptions, report: Parameters<typeof renderReport>[0], paint: Paint): Promise<void> {
  const text = options.json
    ? `${JSON.stringify(report, null, 2)}\n`
    : `${renderReport(report, paint, widthOf(process.stdout))}${options.transcript ? renderTranscript(report, paint) : ''}`;
  await new Promise<void>((resolve) => {
    process.stdout.write(text, () => resolve());
  });
}
