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
  // Of Cloudflare's codes these are refusals of its firewall; the others have nothing to do with bots (1015 limits, 1016 is DNS).
  const found =
    /Just a moment\.\.\.|Attention Required! \| Cloudflare|error code: (100[5-9]|1010|1012|1020|1106)\b|Request blocked\.[\s\S]{0,800}cloudfront|cf-browser-verification|_Incapsula_Resource|Access Denied[\s\S]{0,400}Reference(\s|&#32;)*(#|&#35;)|Request unsuccessful\. Incapsula|px-captcha|datadome/i.exec(
      body,
    );
  return found === null ? null : found[0].slice(0, 80);
}

/** How we know that the address we ask from is blocked, whoever else is let in: Cloudflare says so of address, country and network. */
export function addressBlockSign({ status, body }: Pick<Exchange, 'status' | 'body'>): string | null {
  if (status !== 403 && status !== 429) return null;
  const found =
    /error code: (100[5-9]|1106)\b|has banned (your IP address|the autonomous system number|the country or region)[^<]{0,60}|your IP( address)?( \(?[\da-f.:]+\)?)? (is|has been) (blocked|banned|denied)/i.exec(
      body ?? '',
    );
  return found === null ? null : found[0].slice(0, 80);
}
