'use client';
import type { ReportExchange } from '@rollcall/contracts';
import { Card, CardHeader, CodeBlock, CopyButton, cn, formatLatency, plainText, plural, Waterfall } from '@rollcall/ui';

/** Longest body shown; the whole one is in the report of the API. */
const MAX_BODY = 20_000;

/** JSON is indented; everything else is shown as it came. */
function readableBody(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** Every HTTP exchange of a probe, secrets already redacted by the prober. */
export function Transcript({ exchanges }: { exchanges: ReportExchange[] }) {
  return (
    <Card aria-labelledby="transcript-heading">
      <CardHeader id="transcript-heading" title="Transcript" hint={plural(exchanges.length, 'exchange')} />
      <ol className="divide-y">
        {exchanges.map((exchange) => (
          <li key={exchange.n}>
            <Exchange exchange={exchange} open={exchanges.length <= 2 || exchange.status === null || exchange.status >= 300} />
          </li>
        ))}
      </ol>
    </Card>
  );
}

function Exchange({ exchange, open }: { exchange: ReportExchange; open: boolean }) {
  const failed = exchange.status === null || exchange.status >= 300;
  const { dnsMs, tcpMs, tlsMs, ttfbMs, totalMs } = exchange.timings;
  const steps = [
    { name: 'dns', ms: dnsMs, ok: true },
    { name: 'tcp', ms: tcpMs, ok: true },
    { name: 'tls', ms: tlsMs, ok: true },
    { name: 'first byte', ms: ttfbMs, ok: !failed },
    { name: 'body', ms: Math.max(0, totalMs - dnsMs - tcpMs - tlsMs - ttfbMs), ok: true },
  ].filter((step) => step.ms >= 0.05);
  return (
    <details open={open}>
      <summary className="flex items-center gap-3 px-4 py-2.5 font-mono text-xs -outline-offset-2 hover:bg-hover">
        <span className="w-5 shrink-0 text-faint">{exchange.n}</span>
        <span className={cn('w-10 shrink-0 font-medium', failed ? 'text-down' : 'text-up')}>{exchange.status ?? 'none'}</span>
        <span className="foreign min-w-0 flex-1 truncate">
          {exchange.method} {plainText(exchange.url, 300)}
        </span>
        <span className="shrink-0 text-muted tabular-nums">{formatLatency(totalMs)}</span>
      </summary>
      <div className="flex flex-col gap-4 px-4 pt-1 pb-5">
        {exchange.error === null ? null : <p className="foreign text-down text-sm">{plainText(exchange.error, 500)}</p>}
        <Waterfall steps={steps} />
        <div className="grid gap-4 lg:grid-cols-2">
          <Message title="Request" headers={exchange.requestHeaders} body={exchange.requestBody} />
          <Message title="Response" headers={exchange.responseHeaders} body={exchange.responseBody} />
        </div>
        <div>
          <CopyButton text={exchange.curl} label="Copy as curl" className="-ml-2.5" />
        </div>
      </div>
    </details>
  );
}

function Message({ title, headers, body }: { title: string; headers: Record<string, string>; body: string | null }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${plainText(value, 1000)}`);
  return (
    <div className="flex min-w-0 flex-col gap-2">
      <CodeBlock wrap label={`${title} headers`} code={lines.join('\n') || '(none)'} />
      {body === null || body === '' ? null : <CodeBlock wrap label={`${title} body`} code={plainText(readableBody(body), MAX_BODY)} />}
    </div>
  );
}
