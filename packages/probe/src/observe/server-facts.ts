import type { InitializeFacts, Json, JsonObject, Problem, ServerFacts } from '../observation.ts';
import { isObject, sha256, show } from './json.ts';
import { type AddProblem, checkIcons, checkOptional } from './shape.ts';

const MAX_CAPABILITY_CHARS = 16_384;
const MAX_INSTRUCTIONS_CHARS = 16_384;

export function readServer(info: Json | undefined, capabilities: Json | undefined, instructions: Json | undefined): ServerFacts | null {
  if (!isObject(info) && !isObject(capabilities)) return null;
  const name = isObject(info) && typeof info['name'] === 'string' ? info['name'] : '';
  const version = isObject(info) && typeof info['version'] === 'string' ? info['version'] : '';
  return {
    name: name.slice(0, 256),
    version: version.slice(0, 256),
    capabilities: boundedObject(capabilities),
    instructionsSha256: typeof instructions === 'string' ? sha256(instructions) : null,
    ...(typeof instructions === 'string' ? { instructions: instructions.slice(0, MAX_INSTRUCTIONS_CHARS) } : {}),
  };
}

function boundedObject(value: Json | undefined): JsonObject {
  if (!isObject(value)) return {};
  return JSON.stringify(value).length <= MAX_CAPABILITY_CHARS
    ? value
    : Object.fromEntries(
        Object.keys(value)
          .slice(0, 50)
          .map((key) => [key.slice(0, 64), {}]),
      );
}

/** The result of initialize as the SDKs' schemas see it (2025-11-25 lifecycle: protocolVersion, capabilities, serverInfo are required). */
export function readInitialize(result: Json | undefined, requestedVersion: string): { facts: InitializeFacts; server: ServerFacts | null } {
  const problems: Problem[] = [];
  const add = (problem: string, pointer: string, value: Json | undefined): void => {
    problems.push({ problem, pointer, value: show(value) });
  };
  if (!isObject(result)) {
    add('result_not_object', '', result);
    return { facts: { requestedVersion, protocolVersion: null, problems }, server: null };
  }
  const { protocolVersion, capabilities, serverInfo, instructions } = result;
  if (typeof protocolVersion !== 'string') add('protocol_version_missing', '/protocolVersion', protocolVersion);
  if (!isObject(capabilities)) add('capabilities_missing', '/capabilities', capabilities);
  else capabilityProblems(capabilities, add);
  if (!isObject(serverInfo)) add('server_info_missing', '/serverInfo', serverInfo);
  else {
    if (typeof serverInfo['name'] !== 'string') add('server_name_missing', '/serverInfo/name', serverInfo['name']);
    if (typeof serverInfo['version'] !== 'string') add('server_version_missing', '/serverInfo/version', serverInfo['version']);
    checkOptional(serverInfo, { title: 'string', websiteUrl: 'string', description: 'string' }, '/serverInfo', add);
    checkIcons(serverInfo, '/serverInfo', add);
  }
  checkOptional(result, { instructions: 'string', _meta: 'object' }, '', add);
  return {
    facts: { requestedVersion, protocolVersion: typeof protocolVersion === 'string' ? protocolVersion.slice(0, 64) : null, problems },
    server: readServer(serverInfo, capabilities, instructions),
  };
}

/** Capabilities that are declared must be objects, their switches booleans (2025-11-25 schema, ServerCapabilities). */
function capabilityProblems(capabilities: JsonObject, add: AddProblem): void {
  const at = '/capabilities';
  checkOptional(
    capabilities,
    { experimental: 'object', logging: 'object', completions: 'object', prompts: 'object', resources: 'object', tools: 'object' },
    at,
    add,
  );
  const { prompts, resources, tools, experimental } = capabilities;
  if (isObject(prompts)) checkOptional(prompts, { listChanged: 'boolean' }, `${at}/prompts`, add);
  if (isObject(resources)) checkOptional(resources, { listChanged: 'boolean', subscribe: 'boolean' }, `${at}/resources`, add);
  if (isObject(tools)) checkOptional(tools, { listChanged: 'boolean' }, `${at}/tools`, add);
  if (!isObject(experimental)) return;
  for (const [name, value] of Object.entries(experimental).slice(0, 50))
    if (!isObject(value)) add('wrong_type', `${at}/experimental/${name.slice(0, 64)}`, value);
}
