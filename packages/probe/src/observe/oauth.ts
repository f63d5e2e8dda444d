import type { CredentialFacts } from '../observation.ts';
import type { Context } from './context.ts';
import { runWires, type Wires } from './detect.ts';

export async function runSignedIn(context: Context): Promise<{ wires: Wires; credential: CredentialFacts | null }> {
  return { wires: await runWires(context), credential: null };
}
