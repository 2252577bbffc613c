import type { NothingSought } from './sought';

/** Told beside an empty answer to a text that looks for nothing. */
export interface SearchHint {
  readonly code: NothingSought;
  readonly message: string;
}

const MESSAGES: Readonly<Record<NothingSought, Readonly<Record<'fr' | 'en', string>>>> = {
  'only-stop-words': {
    fr: 'Ces mots sont dans presque tous les textes : ajoutez le nom de ce que vous cherchez.',
    en: 'Nearly every text holds these words: add the name of what you look for.',
  },
  'no-words': {
    fr: 'Il n’y a là ni lettre ni chiffre : écrivez le nom de ce que vous cherchez.',
    en: 'There is no letter or digit in it: write the name of what you look for.',
  },
};

export const hintFor = (code: NothingSought, language: 'fr' | 'en'): SearchHint => ({ code, message: MESSAGES[code][language] });
