import { type Json, TOOLS } from '../kit/mcp-server.ts';
import type { Scenario } from '../kit/types.ts';
import { hints, listing, server } from './tools.ts';

function tool(name: string, description = `Does what ${name} does.`): Json {
  return { name, description, inputSchema: { type: 'object', properties: { id: { type: 'string' } } } };
}

function many(count: number, from = 0): Json[] {
  return Array.from({ length: count }, (_, n) => tool(`tool_${from + n}`));
}

const onePage = server(listing(() => ({ tools: many(4) })));

/** Two pages of two, the second one the last. */
const twoPages = server(listing((cursor) => (cursor === null ? { tools: many(2), nextCursor: 'eyJvIjoyfQ' } : { tools: many(2, 2) })));

/** Of a prime number, so that no number of requests in between brings it round to where it was. */
const SET = many(31);

function nameOf(value: Json): string {
  return String((value as { name: string }).name);
}

/** Pages, their cursors and what they add up to. */
export const toolPages: readonly Scenario[] = [
  {
    code: 'tools.cursor_null',
    // json.dumps of an Optional that is not set (wazuh-mcp-server#75).
    fault: server(listing(() => ({ tools: many(4), nextCursor: null }))),
    twin: onePage,
  },
  {
    code: 'tools.cursor_null',
    variant: 'modern half',
    verdict: 'degraded',
    // Only the handler of the new era writes what is not set.
    fault: server({ answers: { 'modern tools/list': (call) => call.result({ ...hints, tools: many(4), nextCursor: null }) } }),
    twin: server({ answers: { 'modern tools/list': (call) => call.result({ ...hints, tools: many(4) }) } }),
  },
  {
    code: 'tools.cursor_loop',
    variant: 'modern half',
    fault: server({ answers: { 'modern tools/list': (call) => call.result({ ...hints, tools: many(2), nextCursor: '2' }) } }),
    twin: server({ answers: { 'modern tools/list': (call) => call.result({ ...hints, tools: many(2) }) } }),
  },
  {
    code: 'tools.cursor_loop',
    variant: 'same cursor',
    // The cursor is ignored and every page is the first (codebase-memory-mcp#1247).
    fault: server(listing(() => ({ tools: many(2), nextCursor: '2' }))),
    twin: twoPages,
  },
  {
    code: 'tools.cursor_loop',
    variant: 'same page',
    // Every cursor is new, and none is read.
    fault: server(listing((cursor) => ({ tools: many(2), nextCursor: `${Number(cursor ?? 0) + 2}` }))),
    twin: twoPages,
  },
  {
    code: 'tools.cursor_loop',
    variant: 'empty cursor',
    // java-sdk#575: an empty string is a cursor, too.
    fault: server(listing(() => ({ tools: many(4), nextCursor: '' }))),
    twin: onePage,
  },
  {
    code: 'tools.page_limit',
    // The last page is not noticed: the cursor counts on, and the tools are made up from it.
    fault: server(listing((cursor) => ({ tools: many(1, Number(cursor ?? 0)), nextCursor: `${Number(cursor ?? 0) + 1}` }))),
    twin: onePage,
  },
  {
    code: 'tools.paginated_truncation',
    fault: twoPages,
    twin: onePage,
  },
  {
    code: 'tools.too_many',
    fault: server({ tools: many(129) }),
    twin: server({ tools: many(128) }),
  },
  {
    code: 'tools.list_too_large',
    fault: server({
      tools: [...TOOLS, ...Array.from({ length: 60 }, (_, n) => tool(`report_${n}`, 'Every column explained. '.repeat(400)))],
    }),
    twin: server({ tools: [...TOOLS, ...Array.from({ length: 60 }, (_, n) => tool(`report_${n}`, 'Makes a report.'))] }),
  },
  {
    code: 'tools.unstable_order',
    deep: true,
    // The tools are kept in a map that has no order: every walk over it begins elsewhere.
    fault: (bench) => {
      let asked = 0;
      const rotated = () => {
        asked += 1;
        return [...SET.slice(asked % SET.length), ...SET.slice(0, asked % SET.length)];
      };
      return server({ tools: rotated })(bench);
    },
    twin: server({ tools: [...SET].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) }),
  },
  {
    code: 'tools.varies_between_requests',
    deep: true,
    // One tool for every connection that happens to be open.
    fault: (bench) => {
      let asked = 0;
      const growing = () => {
        asked += 1;
        return [...TOOLS, tool(`query_connection_${asked}`)];
      };
      return server({ tools: growing })(bench);
    },
    twin: server({ tools: [...TOOLS, tool('query_connection')] }),
  },
  {
    code: 'tools.varies_between_requests',
    variant: 'definitions',
    deep: true,
    // The description tells the time: the names stay, what the model reads does not.
    fault: (bench) => {
      let asked = 0;
      const dated = () => {
        asked += 1;
        return [...TOOLS, tool('report', `Reports on the day. It is 12:00:${asked}.`)];
      };
      return server({ tools: dated })(bench);
    },
    twin: server({ tools: [...TOOLS, tool('report', 'Reports on the day.')] }),
  },
];
