import type { Scenario } from '../kit/types.ts';
import { jsonrpc } from './jsonrpc.ts';
import { redirect } from './redirect.ts';

/** Every scenario of the lab, in the order of the layers. */
export const scenarios: readonly Scenario[] = [...redirect, ...jsonrpc];
