/**
 * Text from monitored servers is hostile until proved otherwise. `clean` removes what can hide or reorder text:
 * C0/C1 controls, bidirectional marks and overrides, zero-width and invisible format characters, variation
 * selectors' supplement and Unicode tag characters (used to smuggle instructions past human eyes).
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this removes
const CONTROLS = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const INVISIBLE = /\p{Cf}|\u034f|\u115f|\u1160|\u17b4|\u17b5|\u180b|\u180c|\u180d|\u180f|\u2065|\u3164|\uffa0|[\u{e0000}-\u{e0fff}]/gu;
const LONE_SURROGATES = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

/** Keeps line breaks and tabs; for snippets. */
export function cleanBlock(text: string, max: number): string {
  return bound(
    text
      .replace(/\r\n?|[\u2028\u2029]/g, '\n')
      .replace(LONE_SURROGATES, '\ufffd')
      .replace(CONTROLS, '')
      .replace(INVISIBLE, ''),
    max,
  );
}

/** One line: every run of white space becomes one space. */
export function clean(text: string, max: number): string {
  const oneLine = text
    .replace(/[\s\u0085\u2028\u2029]+/g, ' ')
    .replace(LONE_SURROGATES, '\ufffd')
    .replace(CONTROLS, '')
    .replace(INVISIBLE, '');
  return bound(oneLine.trim(), max);
}

/** At most `max` UTF-16 units, ending in an ellipsis when cut, never in half a character. */
export function bound(text: string, max: number): string {
  if (text.length <= max) return text;
  const cut = text.slice(0, Math.max(0, max - 1));
  return `${/[\ud800-\udbff]$/.test(cut) ? cut.slice(0, -1) : cut}…`;
}

/** At most `max` bytes of UTF-8. */
export function boundBytes(text: string, max: number): string {
  if (Buffer.byteLength(text) <= max) return text;
  let end = Math.min(text.length, max - 3);
  while (Buffer.byteLength(text.slice(0, end)) > max - 3) end -= 1;
  return `${text.slice(0, end).replace(LONE_SURROGATES, '')}…`;
}

export function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** Markdown as Discord and Mattermost read it: every character that can start markup gets a backslash. */
export function escapeMarkdown(text: string): string {
  return text.replace(/[\\`*_{}[\]()<>#+\-.!|~:@]/g, '\\$&');
}

/** Inside a fenced block nothing is markup except the fence itself. */
export function escapeFence(text: string): string {
  return text.replaceAll('```', "'''");
}

/** Slack mrkdwn: exactly these three (docs.slack.dev, "Formatting message text"); a mention needs a raw `<`. */
export function escapeSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
