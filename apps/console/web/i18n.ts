import { LANGUAGE_NAMES } from '@bayway/design/web';
import i18next from 'i18next';
import { initReactI18next } from 'react-i18next';
import { words } from './words/index.js';

export type Language = keyof typeof words;
export const LANGUAGES = Object.keys(words) as Language[];
export { LANGUAGE_NAMES };

/** The language of this page, as the server negotiated it. */
export const language: Language = LANGUAGES.find((known) => known === document.documentElement.lang) ?? 'en';

/** Makes the words ready. React escapes what is filled in. */
export const startWords = (): Promise<unknown> =>
  i18next.use(initReactI18next).init({
    lng: language,
    resources: Object.fromEntries(LANGUAGES.map((known) => [known, { translation: words[known] }])),
    interpolation: { escapeValue: false },
    returnNull: false,
    // Words for the steps of a request are named like the steps, with a dot.
    keySeparator: false,
  });
