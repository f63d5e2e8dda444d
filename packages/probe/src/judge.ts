import type { ClientVerdict } from '@rollcall/contracts';
import type { Observation } from './observation.ts';
import type { Diagnosis } from './types.ts';

/** Which clients can work with the endpoint. No profile, no verdict. */
export function judge(_observation: Observation, _diagnosis: Diagnosis): ClientVerdict[] {
  return [];
}
