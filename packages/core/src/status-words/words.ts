/** The words for a number: which of them fits decides the language (CLDR plural rules). `{n}` is the number. */
export interface PluralWords {
  readonly one?: string;
  readonly other: string;
}

/**
 * Every fixed sentence of what the public sees, in one language. `{name}`s in braces are filled in. A language that lacks
 * one does not compile.
 */
export interface StatusWords {
  /** The language in itself. */
  readonly language: string;
  readonly state: Readonly<Record<'operational' | 'degraded' | 'partial_outage' | 'outage' | 'maintenance' | 'unknown', string>>;
  readonly report: Readonly<Record<'investigating' | 'identified' | 'monitoring' | 'resolved', string>>;
  /** The whole in one sentence. */
  readonly summary: {
    readonly empty: string;
    readonly operational: string;
    /** Of those that are measured. */
    readonly measuredOperational: string;
    readonly degraded: string;
    readonly partial_outage: string;
    readonly outage: string;
    /** When there is only one. */
    readonly outageOfOne: string;
    readonly maintenance: string;
    readonly unknown: string;
    /** Put behind one of the others: `{summary}`, `{n}`. */
    readonly unmeasured: PluralWords;
  };
  /** What is told of a measured incident. `{names}`: of components. */
  readonly incident: Readonly<
    Record<
      'outageTitle' | 'degradedTitle' | 'outageOpened' | 'degradedOpened' | 'resolved',
      { readonly one: string; readonly other: string }
    >
  >;
  readonly page: {
    readonly asOf: string;
    readonly openIncidents: string;
    readonly components: string;
    readonly componentCount: PluralWords;
    readonly howUptime: string;
    readonly uptimeFormula: string;
    readonly median: string;
    readonly tools: PluralWords;
    readonly toolsChanged: string;
    readonly maintenance: string;
    readonly goingOn: string;
    readonly fromTo: string;
    readonly affected: string;
    readonly since: string;
    readonly allUpdates: PluralWords;
    /** Heard behind a link that looks the same for many. */
    readonly about: string;
    readonly stillGoingOn: string;
    readonly lasted: string;
    readonly pastIncidents: string;
    readonly noneRecently: string;
    readonly allSystems: string;
    readonly website: string;
    readonly subscribe: string;
    readonly navigation: string;
    readonly language: string;
    readonly madeBy: string;
  };
  readonly days: {
    readonly byDay: string;
    readonly up: string;
    readonly down: string;
    readonly degraded: string;
    readonly none: string;
    readonly unmeasured: PluralWords;
    readonly barsLabel: string;
    readonly ago: PluralWords;
    readonly today: string;
    /** Beside a component of which nothing is known. */
    readonly noData: string;
  };
  readonly subscribe: {
    readonly text: string;
    readonly email: string;
    readonly others: string;
    readonly slackUrl: string;
    readonly webhookUrl: string;
    readonly webhookHint: string;
    readonly feeds: string;
  };
  readonly notices: Readonly<
    Record<
      'confirmation_sent' | 'confirmed' | 'unsubscribed' | 'unknown_link' | 'refused',
      { readonly title: string; readonly text: string }
    >
  >;
  readonly unlock: Readonly<Record<'tab' | 'title' | 'text' | 'password' | 'open' | 'wrong', string>>;
  readonly confirm: Readonly<Record<'title' | 'text' | 'button', string>>;
  readonly unsubscribe: Readonly<Record<'title' | 'text' | 'button', string>>;
  readonly lost: Readonly<Record<'title' | 'text', string>>;
  readonly feed: Readonly<Record<'resolved' | 'maintenance' | 'fromTo', string>>;
  /** `{page}`: the title of the page. */
  readonly mail: Readonly<
    Record<
      | 'aPage'
      | 'confirmTitle'
      | 'confirmText'
      | 'confirmLink'
      | 'page'
      | 'since'
      | 'until'
      | 'read'
      | 'unsubscribe'
      | 'whyConfirm'
      | 'never'
      | 'why',
      string
    >
  >;
}
