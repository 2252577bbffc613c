import i18next from 'i18next';
import { useTranslation } from 'react-i18next';

/** The texts of one area. A plural is two keys, `things_one` and `things_other` (`things_many` in French, for millions). */
export interface Texts {
  readonly [key: string]: string;
}

type PluralOf<Key> = Key extends `${infer Stem}_${'one' | 'other' | 'many'}` ? Stem : Key;

/** Before ; ! ? : » and after « French sets a space that does not break. */
export const frenchSpaces = (text: string): string =>
  text
    .replace(/ ([;!?])/g, '\u202f$1')
    .replace(/ ([:»])/g, '\u00a0$1')
    .replace(/« /g, '«\u00a0');

const french = (texts: Texts): Texts => Object.fromEntries(Object.entries(texts).map(([key, text]) => [key, frenchSpaces(text)]));

export type Say<Key> = (key: PluralOf<Key>, values?: Readonly<Record<string, string | number>>) => string;

/**
 * The texts of one area, in both languages side by side: what is there in one and not in the other does not compile.
 * @returns a hook: `const say = useJoinTexts(); say('title')`
 */
export const defineTexts = <const French extends Texts>(
  area: string,
  texts: { readonly fr: French; readonly en: Readonly<Record<keyof French, string>> },
): (() => Say<keyof French & string>) => {
  i18next.on('initialized', () => add());
  const add = (): void => {
    i18next.addResourceBundle('fr', area, french(texts.fr));
    i18next.addResourceBundle('en', area, texts.en);
  };
  if (i18next.isInitialized) add();
  return () => {
    const { t } = useTranslation(area);
    return (key, values) => t(key, { ...values });
  };
};
