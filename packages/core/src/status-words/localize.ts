import { assertNever } from '../assert-never.ts';
import { countWords, fill, wordsOf } from './languages.ts';
import type { StatusWords } from './words.ts';

type Overall = keyof StatusWords['state'];

/** The state of the whole in a sentence; the parts that are not measured are never passed over. Pure. */
export function summarize(locale: string, status: Overall, statuses: readonly string[]): string {
  const { summary } = wordsOf(locale);
  if (statuses.length === 0) return summary.empty;
  const unknown = statuses.filter((one) => one === 'unknown').length;
  const rest = (text: string) => (unknown === 0 ? text : countWords(locale, summary.unmeasured, unknown, { summary: text }));
  switch (status) {
    case 'operational':
      return rest(unknown === 0 ? summary.operational : summary.measuredOperational);
    case 'outage':
      return statuses.length === 1 ? summary.outageOfOne : rest(summary.outage);
    case 'unknown':
      return summary.unknown;
    case 'degraded':
    case 'partial_outage':
    case 'maintenance':
      return rest(summary[status]);
    default:
      return assertNever(status);
  }
}

/** What is told of a measured incident on the components of those names. `update` is what became of it. Pure. */
export function incidentWords(
  locale: string,
  isDown: boolean,
  names: readonly string[],
): { title: string; opened: string; resolved: string } {
  const { incident } = wordsOf(locale);
  const tell = (forms: { one: string; other: string }) => fill(names.length === 1 ? forms.one : forms.other, { names: names.join(', ') });
  return {
    title: tell(isDown ? incident.outageTitle : incident.degradedTitle),
    opened: tell(isDown ? incident.outageOpened : incident.degradedOpened),
    resolved: tell(incident.resolved),
  };
}

interface Incident {
  readonly kind: 'incident' | 'report';
  readonly impact: string;
  readonly components: readonly string[];
  readonly title: string;
  readonly updates: readonly { readonly status: string; readonly text: string }[];
}
interface Page {
  readonly page: { readonly locale: string };
  readonly status: Overall;
  readonly summary: string;
  readonly uptimeFormula: string;
  readonly groups: readonly { readonly components: readonly { readonly slug: string; readonly name: string; readonly status: string }[] }[];
  readonly open: readonly Incident[];
  readonly history: readonly { readonly incidents: readonly Incident[] }[];
}

/** The public document with every sentence of ours in the language of `locale`; what people wrote stays as it is. Pure. */
export function localizePage<P extends Page>(document: P, locale: string): P {
  const components = document.groups.flatMap((group) => group.components);
  const names = new Map(components.map(({ slug, name }) => [slug, name]));
  const told = <I extends Incident>(incident: I): I => {
    if (incident.kind === 'report') return incident;
    const words = incidentWords(
      locale,
      incident.impact === 'outage',
      incident.components.map((slug) => names.get(slug) ?? slug),
    );
    const updates = incident.updates.map((update) => ({ ...update, text: update.status === 'resolved' ? words.resolved : words.opened }));
    return { ...incident, title: words.title, updates };
  };
  return {
    ...document,
    page: { ...document.page, locale },
    summary: summarize(
      locale,
      document.status,
      components.map(({ status }) => status),
    ),
    uptimeFormula: wordsOf(locale).page.uptimeFormula,
    open: document.open.map(told),
    history: document.history.map((month) => ({ ...month, incidents: month.incidents.map(told) })),
  };
}
