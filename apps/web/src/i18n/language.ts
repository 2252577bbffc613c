import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { askIn } from '../api/client';

export const LANGUAGES = ['fr', 'en'] as const;
export type Language = (typeof LANGUAGES)[number];

const STORE = 'savoirs:language';
const isLanguage = (text: unknown): text is Language => LANGUAGES.some((one) => one === text);

const preferred = (): Language => {
  const kept = localStorage.getItem(STORE);
  if (isLanguage(kept)) return kept;
  return navigator.languages.map((tag) => tag.slice(0, 2)).find(isLanguage) ?? 'fr';
};

const apply = (language: Language): void => {
  document.documentElement.lang = language;
  askIn(language);
};

export const startLanguage = (): void => {
  const language = preferred();
  apply(language);
  void i18next.use(initReactI18next).init({
    lng: language,
    fallbackLng: false,
    // each area of the site brings its own texts: see define-texts
    resources: {},
    interpolation: { escapeValue: false },
    initAsync: false,
  });
};

/** Which language is read now; a part that asks is drawn anew when it changes. */
export const languageNow = (): Language => (isLanguage(i18next.language) ? i18next.language : 'fr');

export const speak = async (language: Language): Promise<void> => {
  localStorage.setItem(STORE, language);
  apply(language);
  await i18next.changeLanguage(language);
};
