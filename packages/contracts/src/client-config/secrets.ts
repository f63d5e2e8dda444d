import type { FormatFacts } from './formats.ts';
import { isPlaceholder, variablesIn } from './variables.ts';

/** How the keys of well-known services begin. */
const KNOWN_KEY =
  /\b(?:sk-[\w-]{16,}|sk_(?:live|test)_\w{16,}|gh[pousr]_\w{20,}|github_pat_\w{20,}|glpat-[\w-]{16,}|xox[abeoprs]-[\w-]{10,}|AKIA[0-9A-Z]{16}|AIza[\w-]{30,}|rc_\w{20,}|ntn_\w{20,}|lin_api_\w{20,}|eyJ[\w-]{10,}\.[\w-]{10,}\.)/;
const SECRET_NAME = /authorization|cookie|(?:^|[-_])(?:api[-_]?key|key|token|secret|password|passwd|pat)(?:$|[-_])|apikey|_token$|_key$/i;
const SECRET_PARAMETER = /^(?:api[-_]?key|key|token|access[-_]?token|secret|password|auth|sig(?:nature)?)$/i;
const MIN_SECRET = 8;

/** Whether the value of a header or an environment variable is a secret that stands there in clear. */
export function isSecretInClear(name: string, value: string, facts: Pick<FormatFacts, 'variables'>): boolean {
  if (variablesIn(value, facts).length > 0 || isPlaceholder(value)) return false;
  if (KNOWN_KEY.test(value)) return true;
  const bare = value.replace(/^(?:bearer|basic|token)\s+/i, '');
  return SECRET_NAME.test(name) && bare.length >= MIN_SECRET;
}

/** Names of the query parameters of an address that hold a secret in clear. */
export function secretParameters(url: string, facts: Pick<FormatFacts, 'variables'>): string[] {
  if (!URL.canParse(url)) return [];
  return [...new URL(url).searchParams]
    .filter(([name, value]) => value.length >= MIN_SECRET && (SECRET_PARAMETER.test(name) || KNOWN_KEY.test(value)))
    .filter(([, value]) => variablesIn(value, facts).length === 0 && !isPlaceholder(value))
    .map(([name]) => name);
}
