import openapiTS, { astToString } from 'openapi-typescript';
import { type JsonObject, nameSchemas, type Place, spellRecords } from './name-schemas.ts';

const PREFIX = '/api/v1';
const HEAD = `// Generated from the OpenAPI document of apps/api by packages/client/scripts/generate.ts: edit the schemas, then \`npm run generate\`.
// biome-ignore-all lint: generated
`;

/** The contract as TypeScript: paths without the prefix that the client adds, and a type by name for what they share. */
export async function printContract(document: JsonObject, places: Readonly<Record<string, Place>>): Promise<string> {
  const paths = Object.entries((document['paths'] ?? {}) as JsonObject).filter(([path]) => path.startsWith(`${PREFIX}/`));
  const short = { ...document, paths: Object.fromEntries(paths.map(([path, item]) => [path.slice(PREFIX.length), item])) };
  const named = nameSchemas(spellRecords(short) as JsonObject, places);
  // A default makes a member of an answer sure, not one of a body: what is required says the contract itself.
  const types = astToString(await openapiTS(named as never, { defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true }));
  return `${HEAD}${types}`;
}
