import { type Hit, type Rule, seen } from './rule.ts';

/** Deep checks of how the endpoint takes requests that other clients send. */
const variants: Rule = ({ o, exchange, working }) => {
  const { deep } = o;
  if (deep === null || working.size === 0) return null;
  const hits: Hit[] = [];
  const json = deep.acceptJsonOnly;
  const sse = deep.acceptSseOnly;
  const refused = [json, sse].filter((v) => v?.status === 406);
  if (refused.length > 0) {
    hits.push({
      code: 'accept.406',
      evidence: { both: 'accepted', jsonOnly: json?.status ?? null, sseOnly: sse?.status ?? null, ...seen(exchange(refused[0]?.exchange)) },
      severity: 'notice',
    });
  }
  const charset = deep.charset;
  if (charset != null && !charset.ok && (charset.status === 415 || charset.status === 400)) {
    hits.push({ code: 'content_type.request_rejected', evidence: { ...seen(exchange(charset.exchange)), sent: charset.note } });
  }
  const foreign = deep.foreignOrigin;
  if (foreign?.ok === true && o.target.authType === 'none' && o.dns?.addresses.every((a) => !a.public) === true) {
    hits.push({ code: 'origin.not_validated', evidence: { ...seen(exchange(foreign.exchange)), sentOrigin: foreign.note } });
  }
  const cors = deep.cors;
  // A server that refuses the foreign origin says nothing about those it knows.
  if (cors !== null && cors.missingHeaders.length > 0 && foreign?.status !== 403) {
    hits.push({
      code: 'cors.missing',
      evidence: {
        ...seen(exchange(cors.exchange)),
        allowOrigin: cors.allowOrigin,
        allowHeaders: cors.allowHeaders,
        exposeHeaders: cors.exposeHeaders,
        missing: [...cors.missingHeaders],
      },
      severity: 'notice',
    });
  }
  return hits;
};

export const deepHttpRules: readonly Rule[] = [variants];
