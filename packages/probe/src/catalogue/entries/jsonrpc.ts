import type { CatalogueEntry } from '../types.ts';

export const jsonrpc = {
  'jsonrpc.parse_error': {
    code: 'jsonrpc.parse_error',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is not JSON-RPC',
    explanation:
      'The body is labelled as JSON and cannot be read as a JSON-RPC 2.0 message. Log lines or a banner in the output are a common reason, a missing "jsonrpc" member is another.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'json', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Write nothing but the message to the response; send logs to stderr.',
        snippet: '{"jsonrpc":"2.0","id":1,"result":{}}',
      },
    ],
    references: ['https://www.jsonrpc.org/specification', 'https://modelcontextprotocol.io/specification/2025-11-25/basic/transports'],
    affected: 'All clients.',
  },
  'jsonrpc.too_deep': {
    code: 'jsonrpc.too_deep',
    layer: 'jsonrpc',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The answer is nested too deeply',
    explanation: 'The answer is nested more than 64 levels deep. Parsers of clients may fail on that; usually a schema contains itself.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Use $defs and $ref for schemas that refer to themselves.',
        snippet: '{ "$ref": "#/$defs/node" }',
      },
    ],
    references: ['https://www.rfc-editor.org/rfc/rfc8259'],
    affected: 'Clients with a limit on depth.',
  },
  'jsonrpc.id_mismatch': {
    code: 'jsonrpc.id_mismatch',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'Answer and question do not match',
    explanation:
      'The id of the answer is not the id of the request. Clients cannot match the two and wait until they give up, 60 seconds in the SDKs.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'id', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Return the id as it came, with its type.',
        snippet: "res.json({ jsonrpc: '2.0', id: request.id, result });",
      },
    ],
    references: ['https://www.jsonrpc.org/specification'],
    affected: 'All clients.',
  },
  'jsonrpc.result_and_error': {
    code: 'jsonrpc.result_and_error',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'The answer is result and error at once',
    explanation:
      'The answer has both result and error. A message must have one or the other, and a member that is null is still there. SDK clients refuse it.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'nullMember', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Leave the other member out.',
        snippet: '{"jsonrpc":"2.0","id":1,"result":{}}',
      },
      {
        for: 'go',
        text: 'Leave empty members out.',
        snippet: 'Error *Error `json:"error,omitempty"`',
      },
    ],
    references: ['https://www.jsonrpc.org/specification'],
    affected: 'Clients on the TypeScript SDK and others that validate.',
  },
  'jsonrpc.extra_members': {
    code: 'jsonrpc.extra_members',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'The message carries members that JSON-RPC does not know',
    explanation:
      'Beside jsonrpc, id and result the answer has members of its own. JSON-RPC 2.0 has none, and the schemas of the TypeScript SDKs refuse the whole message for one.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'members', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Put your own values into _meta of the result, or into a response header.',
        snippet: '{"jsonrpc":"2.0","id":1,"result":{"_meta":{"example.com/traceId":"4bf92f35"}}}',
      },
    ],
    references: ['https://www.jsonrpc.org/specification', 'https://modelcontextprotocol.io/specification/2025-11-25/basic'],
    affected: 'Clients on the TypeScript SDK, versions 1 and 2.',
  },
  'jsonrpc.ack_without_answer': {
    code: 'jsonrpc.ack_without_answer',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'The question is acknowledged, never answered',
    explanation:
      'A request was answered as if it were a notification: accepted, without a body. Clients wait for the answer until they give up.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked'],
    fixes: [
      {
        for: 'app',
        text: 'Answer 202 only to messages without an id; requests get 200 with JSON or an event stream.',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-11-25/basic/transports', 'https://www.jsonrpc.org/specification'],
    affected: 'All clients.',
  },
  'jsonrpc.batch_reply': {
    code: 'jsonrpc.batch_reply',
    layer: 'jsonrpc',
    severity: 'degraded',
    confidence: 'certain',
    title: 'The answer comes in an outdated list form',
    explanation:
      'The answer is a list of messages. Batches existed only in revision 2025-03-26 and were removed in 2025-06-18. The TypeScript SDKs still read a list in a response body, though not in an event stream; clients that validate by the newer revisions refuse it.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'body'],
    fixes: [
      {
        for: 'app',
        text: 'Return the single message.',
        snippet: '{"jsonrpc":"2.0","id":1,"result":{}}',
      },
    ],
    references: ['https://modelcontextprotocol.io/specification/2025-06-18/basic/transports'],
    affected: 'Clients that validate by 2025-06-18 and later; not the TypeScript SDKs.',
  },
  'jsonrpc.error': {
    code: 'jsonrpc.error',
    layer: 'jsonrpc',
    severity: 'down',
    confidence: 'certain',
    title: 'The server answers with an error',
    explanation:
      'The server understood the message and answered with a JSON-RPC error. Its code and text are in the evidence and come from the server.',
    evidence: ['exchange', 'request', 'status', 'contentType', 'asked', 'error'],
    fixes: [
      {
        for: 'app',
        text: 'Look the error up in the log of the server. Code -32603 is a fault inside it, -32602 means it dislikes the parameters.',
      },
    ],
    references: ['https://www.jsonrpc.org/specification'],
    affected: 'All clients that ask the same.',
  },
} as const satisfies Record<string, CatalogueEntry>;
