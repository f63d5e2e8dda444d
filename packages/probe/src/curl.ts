import type { Exchange } from './observation.ts';

const SKIPPED = new Set(['accept-encoding', 'user-agent']);

/** A line that repeats an exchange in any shell; secrets stand in it as `[redacted]`. */
export function curlLine(exchange: Exchange): string {
  const parts = ['curl', '-sS', '-i', '--max-time 30'];
  if (exchange.purpose === 'sse' || exchange.responseHeaders['content-type']?.startsWith('text/event-stream') === true) parts.push('-N');
  if (exchange.method !== 'GET' && !(exchange.method === 'POST' && exchange.requestBody !== null)) parts.push('-X', exchange.method);
  for (const [name, value] of Object.entries(exchange.requestHeaders)) if (!SKIPPED.has(name)) parts.push('-H', quote(`${name}: ${value}`));
  if (exchange.requestBody !== null) parts.push('--data-raw', quote(exchange.requestBody));
  parts.push(quote(exchange.url));
  return parts.join(' ');
}

function quote(text: string): string {
  return `'${text.includes("'") ? text.replace(/'/g, `'\\''`) : text}'`;
}
