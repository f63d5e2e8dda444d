import { createHash } from 'node:crypto';
import { gunzipSync, gzipSync } from 'node:zlib';
import type { JsonValue, Snapshot } from '@rollcall/core';
import { z } from 'zod';

/** What one observation says the server offers, by its hashes; cheap, for every probe asks. */
export interface Offer {
  /** Of tools, server and instructions together. */
  readonly hash: string;
  readonly listHash: string;
  readonly count: number;
}

const list = z.object({ hash: z.string(), count: z.number().int(), problems: z.array(z.object({ problem: z.string() })) });
const server = z.object({ name: z.string(), version: z.string(), instructionsSha256: z.string().nullable() });
const wire = z
  .object({ list: list.nullable().catch(null), server: server.nullable().catch(null) })
  .nullable()
  .catch(null);
const observation = z.object({ modern: wire, legacy: wire, sse: wire });
/** Of the wires in the order in which a probe tries them, so that the daily deep one looks at the same. */
const WIRES = ['modern', 'legacy', 'sse'] as const;
type Wire = (typeof WIRES)[number];

/** A list that is none says nothing about the tools. */
const NO_LIST = new Set(['tools_not_array', 'result_not_object']);

/** Null when the observation has no complete list. Pure. */
export function offerOf(observed: unknown): (Offer & { readonly wire: Wire }) | null {
  const parsed = observation.safeParse(observed);
  if (!parsed.success) return null;
  for (const name of WIRES) {
    const found = parsed.data[name];
    if (found?.list == null || found.list.problems.some(({ problem }) => NO_LIST.has(problem))) continue;
    const { hash, count } = found.list;
    const who = found.server;
    const whole = JSON.stringify([hash, who?.name ?? null, who?.version ?? null, who?.instructionsSha256 ?? null]);
    return { hash: `sha256:${createHash('sha256').update(whole).digest('hex')}`, listHash: hash, count, wire: name };
  }
  return null;
}

const wholeWire = z.object({
  list: z.object({ names: z.array(z.string()), definitions: z.array(z.unknown()).nullable() }),
  server: z.object({ name: z.string(), version: z.string(), instructions: z.string().optional() }).nullable(),
});

/** The whole of what that wire saw. Pure. */
export function snapshotOf(observed: unknown, { wire: name, listHash }: { wire: Wire; listHash: string }): Snapshot {
  const { list: tools, server: who } = wholeWire.parse((observed as Record<Wire, unknown>)[name]);
  return {
    tools: tools.definitions as JsonValue[] | null,
    names: tools.names,
    toolsHash: listHash,
    server: who === null ? null : { name: who.name, version: who.version },
    instructions: who?.instructions ?? null,
  };
}

/** A list that packs larger is kept by the names of its tools. */
const MAX_PACKED_BYTES = 512 * 1024;
const MAX_NAMES = 2000;
const contentSchema = z.object({ names: z.array(z.string()), definitions: z.array(z.unknown()).nullable() });

export function packTools({ names, tools }: Pick<Snapshot, 'names' | 'tools'>): Buffer {
  const whole = gzipSync(JSON.stringify({ names, definitions: tools }));
  return whole.length <= MAX_PACKED_BYTES ? whole : gzipSync(JSON.stringify({ names: names.slice(0, MAX_NAMES), definitions: null }));
}

export function unpackTools(packed: Uint8Array): Pick<Snapshot, 'names' | 'tools'> {
  const { names, definitions } = contentSchema.parse(JSON.parse(gunzipSync(packed).toString('utf8')));
  return { names, tools: definitions as JsonValue[] | null };
}

export function packText(text: string | null): Buffer | null {
  return text === null ? null : gzipSync(text);
}

export function unpackText(packed: Uint8Array | null): string | null {
  return packed === null ? null : gunzipSync(packed).toString('utf8');
}
