import type { Exchange } from './observation.ts';

/** How we know a bot-protection page: a header or text that only such products send. */
export function challengeSign({
  status,
  responseHeaders: headers,
  body: text,
}: Pick<Exchange, 'status' | 'responseHeaders' | 'body'>): string | null {
  if (status === null || status < 200) return null;
  if (headers['cf-mitigated'] !== undefined) return `cf-mitigated: ${headers['cf-mitigated']}`;
  if (headers['x-amzn-waf-action'] !== undefined) return `x-amzn-waf-action: ${headers['x-amzn-waf-action']}`;
  if (headers['x-vercel-mitigated'] !== undefined) return `x-vercel-mitigated: ${headers['x-vercel-mitigated']}`;
  if (![200, 202, 401, 403, 405, 406, 429, 503].includes(status)) return null;
  const body = text ?? '';
  const found =
    /Just a moment\.\.\.|Attention Required! \| Cloudflare|error code: 10\d\d|cf-browser-verification|_Incapsula_Resource|Access Denied[\s\S]{0,400}Reference\s*(#|&#35;)|Request unsuccessful\. Incapsula|px-captcha|datadome/i.exec(
      body,
    );
  return found === null ? null : found[0].slice(0, 80);
}
