/**
 * JSON that PostgreSQL's jsonb takes whatever a monitored server put into it: jsonb refuses U+0000 and unpaired surrogates,
 * in keys as in values; they become U+FFFD. (JSON.stringify writes both as escapes, pairs as themselves.)
 */
export function pgJson(value: unknown): string {
  return JSON.stringify(value).replace(/(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/gi, '$1\\ufffd');
}
