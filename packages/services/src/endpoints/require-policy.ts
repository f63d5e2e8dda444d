import type { PolicyInput } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { catalogue, needsForce } from '@rollcall/probe';

/** Overrides name codes of the catalogue, each once. @throws AppError invalid_request. */
export function requirePolicy(policy: PolicyInput | undefined): void {
  const seen = new Set<string>();
  const culprits = (policy?.overrides ?? []).flatMap(({ code, severity, force }, index) => {
    const at = `/policy/overrides/${index}`;
    const again = seen.has(code);
    seen.add(code);
    if (!Object.hasOwn(catalogue, code)) return [{ pointer: `${at}/code`, message: 'is no code of the catalogue (docs/causes)' }];
    if (again) return [{ pointer: `${at}/code`, message: 'is named twice' }];
    if (needsForce(code, severity) && force !== true)
      return [{ pointer: `${at}/force`, message: `must be true: ${code} says that the server has not failed` }];
    return [];
  });
  if (culprits.length > 0) throw new AppError('invalid_request', 'The policy is not one that can be followed.', { culprits });
}
