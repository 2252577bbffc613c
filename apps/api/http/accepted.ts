import Negotiator from 'negotiator';
import type { Language } from '#domain/vocabulary';

const LANGUAGES: readonly Language[] = ['fr', 'en'];

/** What `Accept-Language` prefers of the product's languages; null where it names neither, or takes any. */
export const acceptedLanguage = (header = ''): Language | null => {
  const accepted = new Negotiator({ headers: { 'accept-language': header } });
  const [first, other] = [[...LANGUAGES], LANGUAGES.toReversed()].map((offered) => accepted.languages(offered)[0] as Language | undefined);
  return first !== undefined && first === other ? first : null;
};

const prefers =
  (mediaType: string) =>
  (accept = '*/*'): boolean =>
    new Negotiator({ headers: { accept } }).mediaTypes(['application/json', mediaType])[0] === mediaType;

export const prefersCsv = prefers('text/csv');
export const prefersHtml = prefers('text/html');

const FORMS = { 'application/json': 'json', 'text/csv': 'csv', 'text/html': 'html' } as const;

/** JSON, unless another form is preferred. */
export const preferredForm = (accept = '*/*'): (typeof FORMS)[keyof typeof FORMS] => {
  const preferred = new Negotiator({ headers: { accept } }).mediaTypes(Object.keys(FORMS))[0];
  return FORMS[(preferred ?? 'application/json') as keyof typeof FORMS];
};
