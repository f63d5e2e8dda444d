export const REDACTED = '[redacted]';

/** Replaces every occurrence of a secret, also in its URL-encoded, base64 and JSON-escaped spellings. */
export function redactText(text: string, secrets: readonly string[]): string {
  let result = text;
  for (const secret of spellings(secrets)) result = result.replaceAll(secret, REDACTED);
  return result;
}

function spellings(secrets: readonly string[]): string[] {
  const all = secrets
    .filter((secret) => secret.length >= 4)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('base64url'),
    ]);
  // Longest first, so that a secret which contains another one disappears whole.
  return [...new Set(all)].sort((a, b) => b.length - a.length);
}

/** A webhook URL whose path is the password (Slack, Discord, Teams …): only the host is shown. */
export function redactSecretUrl(url: string): string {
  try {
    return `${new URL(url).origin}/${REDACTED}`;
  } catch {
    return REDACTED;
  }
}

/** A URL that is shown to its owner: user name, password and the values of the query are hidden. */
export function redactUrlParts(text: string): string {
  try {
    const url = new URL(text);
    const user = url.username === '' && url.password === '' ? '' : `${REDACTED}@`;
    const names = [...new Set(url.searchParams.keys())];
    const query = names.length === 0 ? '' : `?${names.map((name) => `${encodeURIComponent(name)}=${REDACTED}`).join('&')}`;
    return `${url.protocol}//${user}${url.host}${url.pathname}${query}`;
  } catch {
    return REDACTED;
  }
}

/** The parts of a URL that `redactUrlParts` hides, for removal from bodies and error texts. */
export function secretsOfUrl(text: string): string[] {
  try {
    const url = new URL(text);
    const raw = [url.username, url.password, ...url.searchParams.values()];
    return raw.flatMap((part) => [part, safeDecode(part)]).filter((part) => part.length >= 4);
  } catch {
    return [];
  }
}

function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
