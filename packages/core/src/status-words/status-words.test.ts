import { describe, expect, it } from 'vitest';
import {
  acceptedLanguage,
  chooseLanguage,
  countWords,
  formatsOf,
  LANGUAGES,
  localeFor,
  localizePage,
  summarize,
  wordsOf,
} from './index.ts';

/** Every sentence by its path. */
function sentences(value: unknown, path = ''): [string, string][] {
  if (typeof value === 'string') return [[path, value]];
  return Object.entries(value as object).flatMap(([key, inner]) => sentences(inner, `${path}/${key}`));
}
const placesOf = (text: string) => [...text.matchAll(/\{\w+\}/g)].map(String).sort();

describe('the dictionaries', () => {
  const english = new Map(sentences(wordsOf('en')));
  it.each(LANGUAGES.filter((language) => language !== 'en'))(
    'say in %s everything that English says, with the same things in it',
    (language) => {
      for (const [path, text] of sentences(wordsOf(language))) {
        const original = english.get(path) ?? english.get(path.replace(/\/one$/, '/other'));
        expect(text.trim(), path).not.toBe('');
        // The word for one may do without its number.
        const places = (of: string) => placesOf(of).filter((place) => !(path.endsWith('/one') && place === '{n}'));
        expect(places(text), path).toEqual(places(original ?? ''));
      }
    },
  );
});

describe('the language of a reader', () => {
  it.each([
    ['de-AT,de;q=0.9,en;q=0.8', 'de'],
    ['pt-BR, fr;q=0.4, ja;q=0.7', 'ja'],
    ['zh-Hans-CN', 'zh'],
    ['en;q=0, es', 'es'],
    ['*', null],
    ['', null],
    ['x;q=nonsense', null],
    [undefined, null],
  ])('of Accept-Language %s is %s', (header, language) => expect(acceptedLanguage(header)).toBe(language));

  it('is what he asks for, then what his browser asks for, then that of the page', () => {
    expect(chooseLanguage({ asked: 'ja', accepted: 'de', page: 'fr' })).toBe('ja');
    expect(chooseLanguage({ asked: 'tlh', accepted: 'de', page: 'fr' })).toBe('de');
    expect(chooseLanguage({ asked: null, accepted: 'tlh', page: 'fr-CA' })).toBe('fr');
    expect(chooseLanguage({ asked: null, accepted: null, page: 'pt' })).toBe('en');
    expect([localeFor('fr', 'fr-CA'), localeFor('en', 'fr-CA'), localeFor('zh', 'en')]).toEqual(['fr-CA', 'en-GB', 'zh-CN']);
  });
});

describe('what is said', () => {
  it('counts as the language does', () => {
    const { tools } = wordsOf('fr').page;
    expect([0, 1, 2].map((n) => countWords('fr', tools, n))).toEqual(['0 outil', '1 outil', '2 outils']);
    expect(countWords('de', wordsOf('de').page.tools, 1200)).toBe('1.200 Tools');
  });

  it('writes spans, shares and instants in the manner of the language; nothing but a whole is 100 %', () => {
    expect(formatsOf('de').share(0.999999)).toBe('99,99\u00a0%');
    expect(formatsOf('en-GB').share(1)).toBe('100%');
    expect(formatsOf('ja').span(7_500_000)).toBe('2 時間 5 分');
    expect(formatsOf('en-GB').span(0)).toBe('0 secs');
    expect(formatsOf('es').instant('2026-11-20T14:03:00Z')).toBe('20 nov 2026, 14:03 UTC');
  });

  it('translates what is ours and leaves what people wrote', () => {
    const incident = {
      kind: 'incident',
      impact: 'outage',
      components: ['a', 'b'],
      title: 'A, B',
      updates: [{ status: 'resolved', text: '' }],
    } as const;
    const report = { ...incident, kind: 'report', title: 'We are on it' } as const;
    const shown = localizePage(
      {
        page: { locale: 'en' },
        status: 'outage',
        summary: '',
        uptimeFormula: '',
        groups: [{ components: ['a', 'b'].map((slug) => ({ slug, name: slug.toUpperCase(), status: 'outage' })) }],
        open: [incident, report],
        history: [],
      },
      'de',
    );
    expect(shown.open.map(({ title }) => title)).toEqual(['A, B sind ausgefallen', 'We are on it']);
    expect(shown).toMatchObject({ summary: 'Alle Systeme sind ausgefallen', page: { locale: 'de' } });
    expect(summarize('en', 'operational', ['operational', 'unknown'])).toBe('All measured systems operational; one is not being measured');
  });
});
