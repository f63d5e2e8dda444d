import { de } from './de.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { formatsOf } from './formats.ts';
import { fr } from './fr.ts';
import { ja } from './ja.ts';
import type { PluralWords, StatusWords } from './words.ts';
import { zh } from './zh.ts';

export const LANGUAGES = ['en', 'de', 'es', 'fr', 'ja', 'zh'] as const;
export type Language = (typeof LANGUAGES)[number];

const WORDS: Readonly<Record<Language, StatusWords>> = { en, de, es, fr, ja, zh };
/** What dates and numbers are written as where only the language is known. */
const LOCALES: Readonly<Record<Language, string>> = { en: 'en-GB', de: 'de', es: 'es', fr: 'fr', ja: 'ja', zh: 'zh-CN' };

/** Of a BCP 47 tag; null: none that we speak. */
export function languageOf(tag: string | null | undefined): Language | null {
  const primary = tag?.trim().toLowerCase().split('-', 1)[0];
  return LANGUAGES.find((language) => language === primary) ?? null;
}

/** The words for a language tag; English where there are none. */
export function wordsOf(locale: string): StatusWords {
  return WORDS[languageOf(locale) ?? 'en'];
}

/** Of the Accept-Language of a reader (RFC 9110 §12.5.4) the first that we speak; null: none. Pure. */
export function acceptedLanguage(header: string | null | undefined): Language | null {
  const wanted = (header ?? '')
    .slice(0, 500)
    .split(',')
    .flatMap((part) => {
      const [tag = '', ...parameters] = part.split(';');
      const weight = /^\s*q=([01](?:\.\d{0,3})?)\s*$/i.exec(parameters.find((one) => /^\s*q=/i.test(one)) ?? 'q=1');
      const language = languageOf(tag);
      const quality = weight === null ? 0 : Number(weight[1]);
      return language === null || quality === 0 ? [] : [{ language, quality }];
    });
  // A stable sort: of equals the first.
  return wanted.sort((a, b) => b.quality - a.quality)[0]?.language ?? null;
}

/** What the reader asked for, else what his browser asks for, else what the page is written in. Pure. */
export function chooseLanguage(wish: {
  readonly asked: string | null | undefined;
  readonly accepted: string | null | undefined;
  readonly page: string;
}): Language {
  return languageOf(wish.asked) ?? acceptedLanguage(wish.accepted) ?? languageOf(wish.page) ?? 'en';
}

/** How dates and numbers are written for a reader of the language on a page of that locale: the page's own way where it speaks the same. Pure. */
export function localeFor(language: Language, page: string): string {
  return languageOf(page) === language && page !== 'en' ? page : LOCALES[language];
}

/** `{name}`s filled in; those without a value stay. Pure. */
export function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? (values[name] as string) : whole));
}

/** The words for a number, with the number in them. Pure. */
export function countWords(locale: string, words: PluralWords, n: number, values: Readonly<Record<string, string>> = {}): string {
  const { count, isOne } = formatsOf(locale);
  return fill(words.one !== undefined && isOne(n) ? words.one : words.other, { n: count(n), ...values });
}
