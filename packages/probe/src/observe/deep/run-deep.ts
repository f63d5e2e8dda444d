import type { DeepFacts } from '../../observation.ts';
import type { Context } from '../context.ts';
import type { Wires } from '../detect.ts';

export async function runDeep(_context: Context, _wires: Wires): Promise<DeepFacts | null> {
  return null;
}
