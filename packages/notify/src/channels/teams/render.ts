import type { Rendered } from '../../http/chat-kind.ts';
import type { Tone } from '../../message.ts';
import { bound } from '../../text.ts';

const COLORS: Record<Tone, string> = { down: 'Attention', degraded: 'Warning', recovered: 'Good', info: 'Default' };

/**
 * A TextRun is shown as it is, while a TextBlock reads Markdown (links!) and `{{DATE(…)}}`: hostile text goes into
 * runs only. The braces are parted all the same, because some hosts expand them everywhere.
 */
function run(text: string, max: number, style: Record<string, unknown> = {}) {
  return { type: 'TextRun', text: bound(text, max).replaceAll('{{', '{ {').replaceAll('}}', '} }'), ...style };
}

function paragraph(...inlines: unknown[]) {
  return { type: 'RichTextBlock', inlines };
}

/** An Adaptive Card as the Workflows trigger "When a Teams webhook request is received" takes it; 28 KB at most. */
export function renderTeams({ message }: Rendered) {
  const body: unknown[] = [
    paragraph(run(message.title, 250, { size: 'Large', weight: 'Bolder', color: COLORS[message.tone] })),
    paragraph(run(message.summary, 600)),
    ...message.facts.map((fact) => paragraph(run(`${fact.label}: `, 80, { weight: 'Bolder' }), run(fact.text, 500))),
  ];
  if (message.fix !== null) {
    body.push(paragraph(run(`First fix (${message.fix.for}): `, 80, { weight: 'Bolder' }), run(message.fix.text, 500)));
    for (const line of message.fix.snippet?.split('\n') ?? [])
      body.push(paragraph(run(line === '' ? ' ' : line, 300, { fontType: 'Monospace' })));
  }
  const content = {
    $schema: 'http://adaptivecards.io/schemas/adaptive-card.json',
    type: 'AdaptiveCard',
    version: '1.4',
    fallbackText: bound(message.title, 250),
    msteams: { width: 'Full' },
    body,
    actions: message.links.map((link) => ({ type: 'Action.OpenUrl', title: link.label, url: link.url })),
  };
  return {
    type: 'message',
    summary: bound(message.title, 250),
    attachments: [{ contentType: 'application/vnd.microsoft.card.adaptive', contentUrl: null, content }],
  };
}
