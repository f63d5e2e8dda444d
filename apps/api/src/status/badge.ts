import type { OverallStatus, PublicPage, PublicStatus } from '@rollcall/contracts';

export const BADGE_STYLES = ['flat', 'flat-square', 'for-the-badge'] as const;
export type BadgeStyle = (typeof BADGE_STYLES)[number];

export interface Badge {
  readonly label: string;
  readonly text: string;
  /** #rrggbb, dark enough for white text (4.5 : 1). */
  readonly color: string;
}

const MAX_TEXT = 60;
const LABEL_COLOR = '#3f434d';
export const BADGE_STATES: Readonly<Record<OverallStatus | PublicStatus, Pick<Badge, 'text' | 'color'>>> = {
  operational: { text: 'operational', color: '#0b7a45' },
  degraded: { text: 'degraded', color: '#8a5400' },
  partial_outage: { text: 'partial outage', color: '#b0471b' },
  outage: { text: 'outage', color: '#c02626' },
  maintenance: { text: 'maintenance', color: '#1a5fc4' },
  unknown: { text: 'unknown', color: '#5f6573' },
};

export interface BadgeWords {
  readonly label?: string | undefined;
  readonly text?: string | undefined;
}

/** Characters that XML 1.0 has no place for, and those that hide or reorder text. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: naming the control characters is the point
const UNFIT = /[\u0000-\u001f\u007f-\u009f\ufffe\uffff]|\p{Cf}|\p{Cs}/gu;

function fit(words: string): string {
  return Array.from(words.replace(UNFIT, '')).slice(0, MAX_TEXT).join('');
}

/** Of one component, or of the page for `overall`; null when there is no such component. Pure. */
export function badgeOf(document: PublicPage, component: string, words: BadgeWords): Badge | null {
  const found = document.groups.flatMap(({ components }) => components).find(({ slug }) => slug === component);
  if (found === undefined && component !== 'overall') return null;
  const state = BADGE_STATES[found?.status ?? document.status];
  return {
    label: fit(words.label ?? found?.name ?? document.page.title),
    text: fit(words.text ?? '') || state.text,
    color: state.color,
  };
}

export function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;').replaceAll("'", '&#39;');
}

/** Rough widths of Verdana at 11 px; `textLength` makes the text fit whatever font there is. */
function widthOf(text: string): number {
  let width = 0;
  for (const char of text) {
    if (/[ijl.,:;'|!()[\]I ]/.test(char)) width += 4.2;
    else if (/[mwMW@%]/.test(char)) width += 10;
    else if (/[A-Z]/.test(char)) width += 7.7;
    else width += char > '\u2e80' ? 11 : 6.7;
  }
  return Math.ceil(width);
}

/** An SVG in one of the three common looks. Its title says the same in words, for screen readers. Pure. */
export function renderBadge(badge: Badge, style: BadgeStyle): string {
  const loud = style === 'for-the-badge';
  const label = loud ? badge.label.toUpperCase() : badge.label;
  const text = loud ? badge.text.toUpperCase() : badge.text;
  const height = loud ? 28 : 20;
  const pad = loud ? 10 : 6;
  const fontSize = loud ? 10 : 11;
  const spread = (words: string) => widthOf(words) + (loud ? Array.from(words).length * 1.1 : 0);
  const labelText = label === '' ? 0 : Math.ceil(spread(label));
  const stateText = Math.ceil(spread(text));
  const labelWidth = label === '' ? 0 : labelText + 2 * pad;
  const width = labelWidth + stateText + 2 * pad;
  const title = escapeXml(badge.label === '' ? badge.text : `${badge.label}: ${badge.text}`);
  const write = (words: string, x: number, length: number, bold: boolean) =>
    words === ''
      ? ''
      : `<text x="${x}" y="${loud ? 18 : 14}" textLength="${length}" lengthAdjust="spacingAndGlyphs"${bold ? ' font-weight="bold"' : ''}>${escapeXml(words)}</text>`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" role="img" aria-label="${title}"><title>${title}</title>`,
    `<clipPath id="r"><rect width="${width}" height="${height}" rx="${style === 'flat' ? 3 : 0}"/></clipPath>`,
    `<g clip-path="url(#r)"><rect width="${labelWidth}" height="${height}" fill="${LABEL_COLOR}"/><rect x="${labelWidth}" width="${width - labelWidth}" height="${height}" fill="${badge.color}"/></g>`,
    `<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="${fontSize}">`,
    write(label, pad, labelText, false),
    write(text, labelWidth + pad, stateText, loud),
    '</g></svg>',
  ].join('');
}

/** What shields.io/badges/endpoint-badge reads. */
export function shieldsEndpoint(badge: Badge) {
  return { schemaVersion: 1, label: badge.label, message: badge.text, color: badge.color.slice(1), cacheSeconds: 300 };
}
