import type { CreateCheck, Report } from '@rollcall/contracts';
import type { AddressPolicy } from '@rollcall/net';
import { check, type ProbeDeps } from '@rollcall/probe';
import { type Actor, requireScope } from '../access/actor.ts';
import { requireTarget } from '../endpoints/require-target.ts';
import { signInOf } from './load-target.ts';

/** @throws AppError forbidden, or invalid_request naming /url: whoever may read may check what the installation may call. */
export async function requireCheck(actor: Actor, input: CreateCheck, policy: AddressPolicy): Promise<void> {
  requireScope(actor, 'read');
  await requireTarget(input.url, policy);
}

/** A one-off check: nothing of it is stored. Ask `requireCheck` first; from then on a fault of the target is in the report. */
export async function checkOnce(input: CreateCheck, region: string, deps: ProbeDeps): Promise<Report> {
  const { report } = await check(
    {
      url: input.url,
      transport: input.transport,
      era: input.era,
      headers: input.headers ?? {},
      ...signInOf(input.auth ?? { type: 'none' }),
      timeoutMs: input.timeoutMs,
      deep: input.deep,
      region,
      hint: null,
      expect: {},
      baseline: null,
    },
    deps,
  );
  return report;
}
