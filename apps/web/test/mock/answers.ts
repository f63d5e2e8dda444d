import type { z } from 'zod';

export type Answer = { status: number; body?: unknown; headers?: Record<string, string> };
export interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: Record<string, unknown>;
}

export const json = (body: unknown, status = 200): Answer => ({ status, body });
export const problem = (status: number, code: string, detail: string, errors?: { pointer: string; message: string }[]): Answer => ({
  status,
  body: {
    type: `https://rollcall.invalid/problems/${code}`,
    title: code,
    status,
    code,
    detail,
    ...(errors === undefined ? {} : { errors }),
  },
  headers: { 'content-type': 'application/problem+json' },
});
export const notFound = (what: string): Answer => problem(404, 'not_found', `There is no such ${what}.`);

/** A page of a list, by cursor. */
export function listed<T extends { id: string }>(all: readonly T[], query: URLSearchParams): Answer {
  const limit = Number(query.get('limit') ?? 50);
  const from = query.get('cursor') === null ? 0 : all.findIndex((item) => item.id === query.get('cursor')) + 1;
  const data = all.slice(from, from + limit);
  return json({ data, nextCursor: from + limit < all.length ? (data.at(-1)?.id ?? null) : null });
}

/** Refuses what the contract refuses, as the API does; so a form that sends a wrong body fails its test. */
export function parsed<S extends z.ZodType>(schema: S, body: unknown, then: (body: z.output<S>) => Answer): Answer {
  const result = schema.safeParse(body);
  if (result.success) return then(result.data);
  const errors = result.error.issues.map((issue) => ({ pointer: `/${issue.path.join('/')}`, message: issue.message }));
  return problem(400, 'invalid_request', 'The request is not valid.', errors);
}
