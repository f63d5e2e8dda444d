import type { Report, ReportExchange } from '@rollcall/contracts';
import { harmless, type Paint } from '../paint.ts';
import { milliseconds } from './text.ts';

/** JSON longer than this stays on its line. */
const INDENTED_CHARS = 1500;

/** Every exchange as it went over the wire, bounded and redacted; JSON is indented and events stand one by one. */
export function renderTranscript(report: Report, paint: Paint): string {
  const lines = ['', paint.bold('Transcript')];
  for (const exchange of report.exchanges) {
    const { n, method, url, timings } = exchange;
    lines.push('', `${paint.bold(`#${n}`)} ${method} ${harmless(url)}  ${paint.dim(milliseconds(timings.totalMs))}`);
    for (const [name, value] of Object.entries(exchange.requestHeaders)) lines.push(paint.dim(`  > ${name}: ${harmless(value)}`));
    if (exchange.requestBody) lines.push(...json(exchange.requestBody).map((line) => `  > ${line}`));
    lines.push(`  < ${exchange.status ?? paint.red(exchange.error ?? 'no answer')}`);
    for (const [name, value] of Object.entries(exchange.responseHeaders)) lines.push(paint.dim(`  < ${name}: ${harmless(value)}`));
    lines.push(...body(exchange, paint).map((line) => `  < ${line}`));
    if (exchange.status !== null && exchange.error !== null) lines.push(`  < ${paint.red(exchange.error)}`);
  }
  return `${lines.join('\n')}\n`;
}

function body({ responseBody, responseHeaders }: ReportExchange, paint: Paint): string[] {
  if (responseBody === null || responseBody === '') return [];
  const stream = (responseHeaders['content-type'] ?? '').startsWith('text/event-stream');
  return stream ? events(responseBody, paint) : json(responseBody);
}

/** An event stream event by event: its fields on one line, its data below. Comments are kept: they show that the stream lives. */
function events(text: string, paint: Paint): string[] {
  return text
    .split(/\r\n\r\n|\n\n|\r\r/)
    .filter((block) => block.trim() !== '')
    .flatMap((block) => {
      const fields = block.split(/\r\n|\n|\r/).filter((line) => line !== '');
      const isData = (line: string) => /^data(:|$)/.test(line);
      const head = fields.filter((line) => !isData(line)).map((line) => harmless(line));
      const data = fields.filter(isData).map((line) => line.replace(/^data:? ?/, ''));
      return [
        paint.dim(`· ${head.join('  ') || 'event'}`),
        ...(data.length === 0 ? [] : json(data.join('\n')).map((line) => `    ${line}`)),
      ];
    });
}

function json(text: string): string[] {
  if (text.length <= INDENTED_CHARS && /^\s*[{[]/.test(text)) {
    try {
      return harmless(JSON.stringify(JSON.parse(text), null, 2)).split('\n');
    } catch {
      // Cut off, or not JSON: as it came.
    }
  }
  return harmless(text).split('\n');
}
