import type { Scenario } from '../kit/types.ts';
import { jsonrpc } from './jsonrpc.ts';
import { redirect } from './redirect.ts';
import { toolPages } from './tool-pages.ts';
import { tools } from './tools.ts';

/** Every scenario of the lab, in the order of the layers. */
export const scenarios: readonly Scenario[] = [...redirect, ...jsonrpc, ...tools, ...toolPages];
