import type { AuthChainFacts } from '../observation.ts';
import type { Context } from './context.ts';
import type { Wires } from './detect.ts';

export function needsAuthChain(_context: Context, _wires: Wires): boolean {
  return false;
}
export async function walkAuthChain(_context: Context, _wires: Wires): Promise<AuthChainFacts | null> {
  return null;
}
