import type { CallToolResult } from '@modelcontextprotocol/server';
import type { Step } from '@rollcall/contracts';
import type { ApiKeyScope, AppError } from '@rollcall/core';
import type { TokenCache } from '@rollcall/probe';
import { type Actor, requireScope } from '@rollcall/services';
import { z } from 'zod';
import type { ApiDeps } from '../deps.ts';
import { requirePlainText } from '../plain-text.ts';
import { toInvalidRequest } from '../problem.ts';

/** What a call of a tool comes with. */
export interface Call {
  readonly actor: Actor;
  readonly deps: ApiDeps;
  readonly tokens: TokenCache;
  /** The caller left or cancelled. */
  readonly signal: AbortSignal;
  /** Counts one connection to a server of others. @throws AppError rate_limited. */
  readonly countCheck: () => Promise<void>;
  readonly onStep: (step: Step) => void;
}

interface Hints {
  readonly readOnlyHint: boolean;
  readonly destructiveHint: boolean;
  readonly idempotentHint: boolean;
  readonly openWorldHint: boolean;
}

export interface Tool {
  readonly name: string;
  /** Whose key lacks it neither sees the tool nor may call it. */
  readonly needs: ApiKeyScope;
  /** Waits for servers of others, and so for seconds up to minutes. */
  readonly slow: boolean;
  /** As tools/list shows it. */
  readonly listed: {
    readonly name: string;
    readonly title: string;
    readonly description: string;
    readonly inputSchema: JsonObjectSchema;
    readonly outputSchema: JsonObjectSchema;
    readonly annotations: Hints & { readonly title: string };
  };
  /** @throws AppError */
  call(call: Call, input: unknown): Promise<CallToolResult>;
}

type JsonObjectSchema = { type: 'object' } & Record<string, unknown>;

/**
 * As JSON Schema that every client's validator takes: no `$schema` (some know draft-07 alone), and no pattern where a
 * format says the same in one word.
 */
function toJsonSchema(schema: z.ZodType, io: 'input' | 'output'): JsonObjectSchema {
  const { $schema, ...rest } = z.toJSONSchema(schema, {
    io,
    override({ jsonSchema }) {
      if (jsonSchema.format !== undefined) delete jsonSchema.pattern;
    },
  });
  void $schema;
  return rest as JsonObjectSchema;
}

/** A tool from its schemas, its deed and its short text. `run` answers what `output` parses: unknown members are left off. */
export function defineTool<I extends z.ZodObject, O extends z.ZodObject>(definition: {
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly needs: ApiKeyScope;
  readonly slow?: boolean;
  readonly hints: Hints;
  readonly input: I;
  readonly output: O;
  readonly run: (call: Call, input: z.output<I>) => Promise<z.input<O>>;
  readonly tell: (result: z.output<O>) => string;
}): Tool {
  const { name, title, description, needs, hints, input, output, run, tell } = definition;
  return {
    name,
    needs,
    slow: definition.slow ?? false,
    listed: {
      name,
      title,
      description,
      inputSchema: toJsonSchema(input, 'input'),
      outputSchema: toJsonSchema(output, 'output'),
      annotations: { title, ...hints },
    },
    async call(call, given) {
      requireScope(call.actor, needs);
      requirePlainText(given);
      const parsed = input.safeParse(given ?? {});
      if (!parsed.success) throw toInvalidRequest(parsed.error, 'body');
      const result = output.parse(await run(call, parsed.data));
      return { content: [{ type: 'text', text: tell(result) }], structuredContent: result as Record<string, unknown> };
    },
  };
}

/** A refusal that the agent reads and may act on; anything that is no AppError is our fault, logged by the caller. */
export function toToolError(error: AppError): CallToolResult {
  const culprits = error.culprits.map(({ pointer, message }) => `\n${pointer || 'the arguments'}: ${message}`).join('');
  const wait = error.retryAfterSeconds === undefined ? '' : `\nTry again in ${error.retryAfterSeconds} s.`;
  return { content: [{ type: 'text', text: `${error.code}: ${error.message}${culprits}${wait}` }], isError: true };
}

export const READS: Hints = { readOnlyHint: true, destructiveHint: false, idempotentHint: true, openWorldHint: false };
export const ADDS: Hints = { readOnlyHint: false, destructiveHint: false, idempotentHint: false, openWorldHint: false };
