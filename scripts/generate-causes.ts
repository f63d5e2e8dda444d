import { mkdir, readdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { LAYERS } from '@rollcall/core';
import { type CatalogueEntry, catalogue } from '../packages/probe/src/catalogue/index.ts';

/**
 * Writes docs/causes: one page per cause of the catalogue and an index grouped by layer.
 * `--check` writes nothing and exits 1 naming every stale, missing or extra file.
 */
const directory = fileURLToPath(new URL('../docs/causes/', import.meta.url));

const SEVERITY_TEXT = {
  down: 'down: no client gets through',
  degraded: 'degraded: some clients fail, lose something or wait',
  notice: 'notice: works today',
} as const;

const VERDICT_TEXT = {
  gated: 'The endpoint is reported as gated, whatever the severity.',
  unknown: 'The verdict is unknown, whatever the severity: this says nothing about the server.',
} as const;

/** Names people look for that are no cause. They get a page, never a finding. */
const ALIASES: Readonly<Record<string, { title: string; text: string }>> = {
  'http2.sse': {
    title: 'Event streams over HTTP/2',
    text: [
      'Rollcall never reports this code. Server-sent events work over HTTP/2 as they do over HTTP/1.1, and switching HTTP/2 off mends nothing.',
      '',
      'What holds events back is buffering in a proxy. With `proxy_buffering off` in nginx, or `X-Accel-Buffering: no` from the application,' +
        ' events arrive when they are sent, over both versions. With the default buffering they arrive together when the stream closes, over both versions.',
      '',
      'The versions differ only in how a cut stream looks: when the read timeout of the proxy ends an idle stream, HTTP/2 shows a stream error' +
        ' (RST_STREAM) and HTTP/1.1 a body that breaks off. That is a timeout, too.',
      '',
      '- Events come late or all at once: [sse.buffered](sse.buffered.md).',
      '- The stream is cut while nothing is sent: [sse.idle_timeout](sse.idle_timeout.md).',
    ].join('\n'),
  },
};

const NOTE = '<!-- Written by scripts/generate-causes.ts. Change the catalogue, not this file. -->';

function fence(snippet: string): string {
  return ['```', snippet.trimEnd(), '```'].join('\n');
}

function causePage(entry: CatalogueEntry): string {
  const parts = [
    NOTE,
    `# ${entry.title}`,
    `\`${entry.code}\` · layer ${entry.layer} · ${SEVERITY_TEXT[entry.severity]} · ${entry.confidence}`,
    entry.explanation,
  ];
  if (entry.verdictOverride !== undefined) parts.push(VERDICT_TEXT[entry.verdictOverride]);
  if (entry.affected !== '') parts.push('## Who is hit', entry.affected);
  if (entry.fixes.length > 0) {
    parts.push('## What mends it');
    for (const fix of entry.fixes) {
      parts.push(`### ${fix.for}`, fix.text);
      if (fix.snippet) parts.push(fence(fix.snippet));
    }
  }
  if (entry.evidence.length > 0) parts.push('## Evidence', entry.evidence.map((name) => `- \`${name}\``).join('\n'));
  if (entry.references.length > 0) parts.push('## References', entry.references.map((url) => `- <${url}>`).join('\n'));
  return `${parts.join('\n\n')}\n`;
}

function indexPage(entries: readonly CatalogueEntry[]): string {
  const parts = [
    NOTE,
    '# Causes',
    'Every cause and finding Rollcall reports, in the order in which a check meets the layers. The first layer that fails is the cause.',
  ];
  for (const layer of LAYERS) {
    const rows = entries.filter((entry) => entry.layer === layer).map((e) => `| [${e.code}](${e.code}.md) | ${e.severity} | ${e.title} |`);
    if (rows.length > 0) parts.push(`## ${layer}`, ['| Code | Severity | In a sentence |', '| --- | --- | --- |', ...rows].join('\n'));
  }
  parts.push('## Not a cause', 'Names that are often searched for:');
  parts.push(
    Object.entries(ALIASES)
      .map(([code, alias]) => `- [${code}](${code}.md): ${alias.title}`)
      .join('\n'),
  );
  return `${parts.join('\n\n')}\n`;
}

function pages(): ReadonlyMap<string, string> {
  const entries = Object.values<CatalogueEntry>(catalogue).sort((a, b) => (a.code < b.code ? -1 : 1));
  const files = new Map<string, string>();
  for (const entry of entries) files.set(`${entry.code}.md`, causePage(entry));
  for (const [code, { title, text }] of Object.entries(ALIASES)) {
    files.set(`${code}.md`, `${[NOTE, `# ${title}`, `\`${code}\` · not a cause`, text].join('\n\n')}\n`);
  }
  files.set('README.md', indexPage(entries));
  return files;
}

await mkdir(directory, { recursive: true });
const wanted = pages();
const present = (await readdir(directory)).sort();
const faults: string[] = [];
const checkOnly = process.argv.includes('--check');

for (const [name, text] of wanted) {
  const path = join(directory, name);
  const old = present.includes(name) ? await readFile(path, 'utf8') : null;
  if (old === text) continue;
  faults.push(`${old === null ? 'missing' : 'stale'}: docs/causes/${name}`);
  if (!checkOnly) await writeFile(path, text);
}
for (const name of present) {
  if (wanted.has(name)) continue;
  faults.push(`extra: docs/causes/${name}`);
  if (!checkOnly) await unlink(join(directory, name));
}

if (checkOnly && faults.length > 0) {
  for (const fault of faults) console.error(fault);
  console.error('Run node --import tsx scripts/generate-causes.ts');
  process.exitCode = 1;
} else {
  console.log(`docs/causes: ${wanted.size} pages, ${checkOnly ? 0 : faults.length} changed`);
}
