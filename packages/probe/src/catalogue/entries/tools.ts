import type { CatalogueEntry } from '../types.ts';

export const tools = {
  'tools.list_failed': {
    code: 'tools.list_failed',
    layer: 'tools',
    severity: 'down',
    confidence: 'certain',
    title: 'The server connects, then cannot say what it offers',
    explanation:
      'The handshake went well and tools/list failed. Clients show the server as connected and have nothing to call. The error in the evidence comes from the server.',
    evidence: ['exchange', 'request', 'status', 'error', 'page', 'waitedMs', 'got', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Build the list without calling other services, and leave out a tool that cannot be described instead of failing the whole list.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/tools',
      'https://modelcontextprotocol.io/specification/2026-07-28/server/tools',
    ],
    affected: 'All clients.',
  },
  'tools.capability_missing': {
    code: 'tools.capability_missing',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The server has tools but does not say so',
    explanation: 'The server lists tools but does not declare the tools capability. Newer clients do not ask then and show none.',
    evidence: ['declared', 'count'],
    fixes: [
      {
        for: 'typescript-sdk',
        text: 'Declare the capability.',
        snippet: "new Server({ name: 'example', version: '1.0.0' }, { capabilities: { tools: {} } });",
      },
      {
        for: 'app',
        text: 'Declare it in the result of initialize or server/discover.',
        snippet: '"capabilities": { "tools": {} }',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/tools',
      'https://modelcontextprotocol.io/specification/2026-07-28/server/tools',
    ],
    affected: 'Clients on the TypeScript client 2: they show no tools. Version 1 asks anyway.',
  },
  'tools.empty': {
    code: 'tools.empty',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'The server offers no tools',
    explanation: 'The server runs and offers no tools. That is allowed, but often a credential or a feature flag it needs has been lost.',
    evidence: ['exchange', 'request', 'count', 'declared', 'before'],
    fixes: [
      {
        for: 'app',
        text: 'Check the credentials and flags on which tools depend, and log at the start which tools are registered.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Gemini CLI refuses such a server unless it has prompts.',
  },
  'tools.schema_invalid': {
    code: 'tools.schema_invalid',
    layer: 'tools',
    severity: 'down',
    confidence: 'certain',
    title: 'One bad tool makes clients refuse the whole list',
    explanation:
      'At least one tool does not have the form MCP prescribes, for instance no inputSchema, a type other than object, or null where a member must be left out. SDKs validate the list as a whole, so one bad tool, or one bad member beside the tools, hides all of them. What only the older SDK refuses (a property schema that is true or false, an output schema that no validator can be built from) leaves the newer one working.',
    evidence: ['exchange', 'request', 'status', 'problems', 'total', 'refusedBy'],
    fixes: [
      {
        for: 'app',
        text: 'A tool without parameters still needs a schema of type object.',
        snippet: '"inputSchema": { "type": "object", "properties": {} }',
      },
      {
        for: 'python-sdk',
        text: 'Leave null members out.',
        snippet: "tool.model_dump(exclude_none=True, mode='json', by_alias=True)",
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/tools',
      'https://github.com/anthropics/claude-code/issues/586',
    ],
    affected: 'Clients on the TypeScript SDK, versions 1 and 2, and Cursor.',
  },
  'tools.schema_rejected_by_model_api': {
    code: 'tools.schema_rejected_by_model_api',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: "A tool's schema may be refused by model APIs",
    explanation:
      'The schema is valid in MCP, but model APIs refuse such schemas: oneOf, anyOf or allOf at the root, unusual property names, or an array without items. Then every prompt of the conversation fails, not only calls of this tool.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Keep an object at the root, give arrays items, and name properties with letters, digits, underscore, dot and hyphen, at most 64.',
        snippet: '{ "type": "object", "properties": { "tags": { "type": "array", "items": { "type": "string" } } } }',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/tools',
      'https://github.com/anthropics/claude-code/issues/586',
    ],
    affected: 'Clients that pass schemas to the model API unchanged.',
  },
  'tools.schema_dialect': {
    code: 'tools.schema_dialect',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'An output schema uses an older JSON Schema dialect',
    explanation:
      'An output schema names an older dialect of JSON Schema. MCP assumes 2020-12 since revision 2025-11-25, and clients that know only that dialect refuse the results of the tool.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Name the current dialect or leave $schema out.',
        snippet: '"$schema": "https://json-schema.org/draft/2020-12/schema"',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/tools',
      'https://json-schema.org/draft/2020-12/schema',
      'https://github.com/anthropics/claude-code/issues/88882',
    ],
    affected: 'Clients that validate results with a 2020-12 validator.',
  },
  'tools.schema_external_ref': {
    code: 'tools.schema_external_ref',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: "A tool's schema refers to another document",
    explanation:
      'A schema refers to another document over http. Clients must not fetch it, so part of the schema is unknown to them. Put the definition into $defs.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Refer to a definition in the same schema.',
        snippet: '{ "type": "object", "properties": { "user": { "$ref": "#/$defs/user" } }, "$defs": { "user": { "type": "object" } } }',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools', 'https://json-schema.org/draft/2020-12/schema'],
    affected: 'Clients that resolve references, and those that send the schema to a model.',
  },
  'tools.duplicate_names': {
    code: 'tools.duplicate_names',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'Two tools share a name',
    explanation:
      'Two tools of the list share a name. No SDK notices, and which of them is called is undefined; some model APIs refuse the list.',
    evidence: ['names', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Give each tool a name of its own, with a prefix per source.',
        snippet: 'github_search, docs_search',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/tools'],
    affected: 'All clients, in different ways.',
  },
  'tools.name_invalid': {
    code: 'tools.name_invalid',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: "A tool's name has forbidden characters",
    explanation:
      'A tool name may hold letters, digits, underscore, dot and hyphen, at most 128 of them. Model APIs allow 64 including the prefix the client puts before it.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Rename the tool.',
        snippet: 'search_issues',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/tools'],
    affected: 'Clients that pass names to a model API.',
  },
  'tools.x_mcp_header_invalid': {
    code: 'tools.x_mcp_header_invalid',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'A tool declares an invalid header parameter',
    explanation:
      'A parameter declares x-mcp-header in a way the 2026-07-28 revision forbids. Clients must leave such a tool out of their list, and they do so quietly.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Use a plain header name, unique within the tool, on a parameter of a primitive type, or remove the member.',
        snippet: '"region": { "type": "string", "x-mcp-header": "Region" }',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/basic/transports/streamable-http',
      'https://modelcontextprotocol.io/specification/2026-07-28/server/tools',
    ],
    affected: 'Clients of the 2026-07-28 revision: the tool is missing.',
  },
  'tools.cursor_null': {
    code: 'tools.cursor_null',
    layer: 'tools',
    severity: 'down',
    confidence: 'certain',
    title: 'nextCursor is null',
    explanation:
      'The last page says nextCursor: null. The member must be left out there; SDK clients refuse the whole list because null is not a string.',
    evidence: ['pages', 'exchange'],
    fixes: [
      {
        for: 'app',
        text: 'Leave the member out on the last page.',
        snippet: 'return cursor ? { tools, nextCursor: cursor } : { tools };',
      },
      {
        for: 'python-sdk',
        text: 'Leave null members out.',
        snippet: "result.model_dump(exclude_none=True, mode='json', by_alias=True)",
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination'],
    affected: 'Clients on the TypeScript SDK, versions 1 and 2.',
  },
  'tools.cursor_loop': {
    code: 'tools.cursor_loop',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The pages of the tool list go in a circle',
    explanation:
      'A page names a cursor that was used before, or repeats a page. Clients stop early, list tools many times over, or never finish.',
    evidence: ['exchange', 'request', 'pages', 'endedBy', 'cursor'],
    fixes: [
      {
        for: 'app',
        text: 'Advance the cursor with every page, and leave nextCursor out on the last one; an empty string is a cursor, too.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination',
      'https://github.com/modelcontextprotocol/java-sdk/issues/575',
    ],
    affected: 'Clients that follow cursors.',
  },
  'tools.page_limit': {
    code: 'tools.page_limit',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The tool list does not end',
    explanation: 'The list has more pages, tools or bytes than any client reads. It was cut off here, and clients cut it off elsewhere.',
    evidence: ['pages', 'bytes', 'endedBy'],
    fixes: [
      {
        for: 'app',
        text: 'Make sure that the last page has no nextCursor, and use larger pages.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination'],
    affected: 'Clients that follow cursors; the TypeScript client 2 fails after 64 pages.',
  },
  'tools.paginated_truncation': {
    code: 'tools.paginated_truncation',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'The tool list has several pages',
    explanation: 'The tool list has several pages. That is correct, but some clients read only the first page and miss the other tools.',
    evidence: ['pages'],
    fixes: [
      {
        for: 'app',
        text: 'Return a list of ordinary length in one page.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/utilities/pagination'],
    affected: 'Clients that read one page.',
  },
  'tools.too_many': {
    code: 'tools.too_many',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'There are very many tools',
    explanation: 'There are more tools than some clients accept. VS Code stops at 128, and models choose worse among many.',
    evidence: ['count', 'cap'],
    fixes: [
      {
        for: 'app',
        text: 'Split the server by subject, or let the address choose a set of tools.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/tools'],
    affected: 'VS Code and clients with a cap of their own.',
  },
  'tools.list_too_large': {
    code: 'tools.list_too_large',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'The tool list is very large',
    explanation:
      'The tool list is very large. Most clients hand all of it to the model with every conversation, which costs time and tokens.',
    evidence: ['bytes'],
    fixes: [
      {
        for: 'app',
        text: 'Shorten descriptions and schemas, and drop output schemas nobody uses.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/tools'],
    affected: 'Users of every client: slower and dearer conversations.',
  },
  'tools.unstable_order': {
    code: 'tools.unstable_order',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'The order of the tools changes',
    explanation: 'Two requests gave the same tools in another order. That defeats the prompt caches of clients, which compare text.',
    evidence: ['hash', 'from'],
    fixes: [
      {
        for: 'app',
        text: 'Sort by name.',
        snippet: 'tools.sort((a, b) => (a.name < b.name ? -1 : 1));',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2026-07-28/server/tools'],
    affected: 'Clients with prompt caching.',
  },
  'tools.varies_between_requests': {
    code: 'tools.varies_between_requests',
    layer: 'tools',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The tool list changes between two requests',
    explanation:
      'Two requests one after the other gave different tools. Replicas may run different versions, or the list depends on something that comes and goes.',
    evidence: ['first', 'second', 'gone', 'come', 'differ'],
    fixes: [
      {
        for: 'kubernetes',
        text: 'Wait for the rollout to end and compare the images of the replicas.',
        snippet: 'kubectl rollout status deployment/mcp',
      },
      {
        for: 'app',
        text: 'Build the list from what does not change between requests.',
      },
    ],
    references: [
      'https://modelcontextprotocol.io/specification/2026-07-28/server/tools',
      'https://modelcontextprotocol.io/specification/2026-07-28/server/utilities/caching',
    ],
    affected: 'All clients: a tool they saw may be gone when they call it.',
  },
  'tools.drift': {
    code: 'tools.drift',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: 'The tools have changed',
    explanation:
      'The list differs from the one seen before: tools came or went, parameters or texts changed. That is no failure, but changed texts reach the model and deserve a look.',
    evidence: ['before', 'after'],
    fixes: [
      {
        for: 'rollcall',
        text: 'Read the changes, and accept the new list if they are meant.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/server/tools'],
    affected: 'Clients and prompts that rely on the former tools.',
  },
  'tools.suspicious_text': {
    code: 'tools.suspicious_text',
    layer: 'tools',
    severity: 'notice',
    confidence: 'certain',
    title: "A tool's text has hidden or persuasive content",
    explanation:
      'A text of a tool holds invisible characters or words that read like orders to the model. This is a heuristic and may be harmless: read the text.',
    evidence: ['problems', 'total'],
    fixes: [
      {
        for: 'app',
        text: 'Describe what the tool does, in visible characters, without instructions to the model.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/security_best_practices'],
    affected: 'Users of every client that shows these texts to a model.',
  },
} as const satisfies Record<string, CatalogueEntry>;
