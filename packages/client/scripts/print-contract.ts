import openapiTS, { astToString } from 'openapi-typescript';
import ts from 'typescript';
import { type JsonObject, nameSchemas, type Place, spellRecords } from './name-schemas.ts';

const PREFIX = '/api/v1';
const HEAD = `// Generated from the OpenAPI document of apps/api by packages/client/scripts/generate.ts: edit the schemas, then \`npm run generate\`.
// biome-ignore-all lint: generated
`;

/** A member that may be left out may be undefined as well: JSON knows no difference, and callers with spread options would. */
function allowUndefined<T extends ts.Node>(node: T): T {
  const visit: ts.Visitor = (at) => {
    const inside = ts.visitEachChild(at, visit, undefined);
    const isOptional = ts.isPropertySignature(inside) && inside.questionToken !== undefined && inside.type !== undefined;
    if (!isOptional || inside.type?.kind === ts.SyntaxKind.NeverKeyword) return inside;
    const type = ts.factory.createUnionTypeNode([
      inside.type as ts.TypeNode,
      ts.factory.createKeywordTypeNode(ts.SyntaxKind.UndefinedKeyword),
    ]);
    return ts.factory.updatePropertySignature(inside, inside.modifiers, inside.name, inside.questionToken, type);
  };
  return ts.visitNode(node, visit) as T;
}

/** The contract as TypeScript: paths without the prefix that the client adds, and a type by name for what they share. */
export async function printContract(document: JsonObject, places: Readonly<Record<string, Place>>): Promise<string> {
  const paths = Object.entries((document['paths'] ?? {}) as JsonObject).filter(([path]) => path.startsWith(`${PREFIX}/`));
  const short = { ...document, paths: Object.fromEntries(paths.map(([path, item]) => [path.slice(PREFIX.length), item])) };
  const named = nameSchemas(spellRecords(short) as JsonObject, places);
  // A default makes a member of an answer sure, not one of a body: what is required says the contract itself.
  const nodes = await openapiTS(named as never, { defaultNonNullable: false, rootTypes: true, rootTypesNoSchemaPrefix: true });
  return `${HEAD}${astToString(nodes.map(allowUndefined))}`;
}
