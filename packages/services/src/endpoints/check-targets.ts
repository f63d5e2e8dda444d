import { AppError } from '@rollcall/core';
import { type AddressPolicy, checkTargetUrl } from '@rollcall/net';
import { requireTarget } from './require-target.ts';

const AT_ONCE = 16;

/** As `requireTarget` for many addresses: the refusals by address. A host that stands in many of them is looked up once. */
export async function checkTargets(urls: Iterable<string>, policy: AddressPolicy): Promise<ReadonlyMap<string, AppError>> {
  const refused = new Map<string, AppError>();
  const asked = new Map<string, Promise<void>>();
  const askOnce = (url: string): Promise<void> => {
    const { origin } = new URL(url);
    const known = asked.get(origin) ?? checkTargetUrl(url, policy).then(() => undefined);
    asked.set(origin, known);
    return known;
  };
  const waiting = [...new Set(urls)];
  const work = async () => {
    for (let url = waiting.pop(); url !== undefined; url = waiting.pop()) {
      try {
        await requireTarget(url, policy, askOnce);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        refused.set(url, error);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return refused;
}
