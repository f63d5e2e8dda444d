import { mcpInputs, mcpOutputs } from '@rollcall/contracts';
import { AppError } from '@rollcall/core';
import { type CatalogueEntry, catalogue, docsPath } from '@rollcall/probe';
import { fixLines, lines } from '../text.ts';
import { defineTool, READS } from '../tool.ts';

const MAX_NEAR = 10;

/** Codes of the same layer, or that hold a word of the one asked for. */
function near(code: string): string[] {
  const words = code
    .toLowerCase()
    .split(/[._\s-]+/)
    .filter((word) => word.length > 2);
  return Object.keys(catalogue)
    .filter((known) => words.some((word) => known.includes(word)))
    .slice(0, MAX_NEAR);
}

export const readCauseTool = defineTool({
  name: 'read_cause',
  title: 'Read a page of the cause catalogue',
  description:
    'Explains a cause or finding by its code (such as redirect.method_lost or sse.buffered): what it means, who is hit, the configuration lines that mend it for nginx, Caddy, Traefik, Kubernetes, Cloudflare and others, and the clauses it rests on.',
  needs: 'read',
  hints: READS,
  input: mcpInputs.cause,
  output: mcpOutputs.cause,
  async run({ deps }, { code }) {
    const entry: CatalogueEntry | undefined = Object.hasOwn(catalogue, code) ? catalogue[code as keyof typeof catalogue] : undefined;
    if (entry === undefined) {
      const others = near(code);
      throw new AppError('not_found', `The catalogue has no such code.${others.length === 0 ? '' : ` Near it: ${others.join(', ')}.`}`);
    }
    const { layer, severity, title, explanation, affected, fixes, evidence, references } = entry;
    return {
      ...{ code, layer, severity, title, explanation, affected },
      ...{ fixes: [...fixes], evidence: [...evidence], references: [...references], docs: `${deps.config.publicUrl}${docsPath(code)}` },
    };
  },
  tell: ({ code, layer, severity, title, explanation, affected, fixes, references, docs }) =>
    lines([
      `${title} (${code}, layer ${layer}, ${severity}).`,
      explanation,
      `Who is hit: ${affected}`,
      ...(fixes.length === 0 ? [] : ['What mends it:', ...fixLines(fixes)]),
      ...(references.length === 0 ? [] : [`References: ${references.join(' ')}`]),
      docs,
    ]),
});
