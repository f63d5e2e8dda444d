import type { CreateCheck, Report, Step } from '@rollcall/contracts';
import { ApiError, toApiError } from './api-error.ts';

/** One event of a text/event-stream: its name and its data lines joined. */
export interface SseEvent {
  event: string;
  data: string;
}

/** Cuts complete events off the front of what has arrived; the rest waits for more (WHATWG HTML, 9.2.6). Pure. */
export function takeEvents(buffer: string): { events: SseEvent[]; rest: string } {
  const blocks = buffer.split(/\r\n\r\n|\n\n|\r\r/);
  const rest = blocks.pop() ?? '';
  const events = blocks.map((block) => {
    const lines = block.split(/\r\n|\n|\r/);
    const valuesOf = (name: string) =>
      lines.filter((line) => line.startsWith(`${name}:`)).map((line) => line.slice(name.length + 1).replace(/^ /, ''));
    return { event: valuesOf('event').at(-1) ?? 'message', data: valuesOf('data').join('\n') };
  });
  return { events: events.filter((event) => event.data !== ''), rest };
}

/**
 * Checks a URL and tells each step as it happens. A server that does not stream answers with the report alone, and the
 * steps are told from it. Throws ApiError.
 */
export async function runCheck(
  check: Partial<CreateCheck> & { url: string },
  onStep: (step: Step) => void,
  signal: AbortSignal,
  { path = '/api/v1/checks', onStored }: { path?: string; onStored?: (stored: { path: string; expiresAt: string }) => void } = {},
): Promise<Report> {
  const response = await fetch(path, {
    method: 'POST',
    headers: { accept: 'text/event-stream, application/json;q=0.9', 'content-type': 'application/json' },
    body: JSON.stringify(check),
    signal,
  });
  if (!response.ok) throw await toApiError(response);
  if (!response.headers.get('content-type')?.startsWith('text/event-stream') || response.body === null) {
    const report = (await response.json()) as Report;
    report.steps.forEach(onStep);
    return report;
  }
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let buffer = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) throw new ApiError(502, null);
    const { events, rest } = takeEvents(buffer + value);
    buffer = rest;
    for (const { event, data } of events) {
      if (event === 'step') onStep(JSON.parse(data) as Step);
      if (event === 'stored') onStored?.(JSON.parse(data) as { path: string; expiresAt: string });
      if (event === 'report') return JSON.parse(data) as Report;
      if (event === 'problem') {
        const problem = JSON.parse(data) as NonNullable<ApiError['problem']>;
        throw new ApiError(problem.status, problem);
      }
    }
  }
}
