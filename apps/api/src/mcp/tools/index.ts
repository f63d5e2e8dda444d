import type { Tool } from '../tool.ts';
import { readCauseTool } from './causes.ts';
import { checkUrlTool, runProbeTool } from './checks.ts';
import { getEndpointTool, listEndpointsTool, registerEndpointTool } from './endpoints.ts';
import { acknowledgeIncidentTool, addIncidentNoteTool, getIncidentTool, listIncidentsTool } from './incidents.ts';

/** In the order in which tools/list shows them. */
export const TOOLS: readonly Tool[] = [
  listEndpointsTool,
  getEndpointTool,
  listIncidentsTool,
  getIncidentTool,
  readCauseTool,
  checkUrlTool,
  registerEndpointTool,
  runProbeTool,
  acknowledgeIncidentTool,
  addIncidentNoteTool,
];
