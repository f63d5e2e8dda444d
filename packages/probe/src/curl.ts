import type { Exchange } from './observation.ts';

const SKIPPED = new Set(['accept-encoding', 'user-agent']);

/** A line that repeats an exchange in any shell; secrets stand in it as `[redacted]`. */
export function curlLine(exchange: Exchange): string {
  let line = 'curl -sS -i --max-time 30';
  if (exchange.purpose === 'sse' || exchange.responseHeaders['content-type']?.startsWith('text/event-stream') === true) line += ' -N';
  if (exchange.method !== 'GET' && !(exchange.method === 'POST' && exchange.requestBody !== null)) line += ` -X ${exchange.method}`;
  for (const name in exchange.requestHeaders) {
    if (!SKIPPED.has(name)) line += ` -H ${quote(`${name}: ${exchange.requestHeaders[name]}`)}`;
  }
  if (exchange.requestBody !== null) line += ` --data-raw ${quote(exchange.requestBody)}`;
  return `${line} ${quote(exchange.url)}`;
}

function quote(text: string): string {
  return `'${text.includes("'") ? text.replace(/'/g, `'\\''`) : text}'`;
}
