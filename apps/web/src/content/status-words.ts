import { defineTexts } from '../i18n/define-texts';

/** What somebody is in a network. */
export const useStatusWords = defineTexts('membership', {
  fr: {
    applied: 'inscription à confirmer',
    enrolled: 'membre',
    paused: 'en pause',
    suspended: 'suspension',
    left: 'partie ou parti',
    erased: 'données effacées',
  },
  en: {
    applied: 'to be confirmed',
    enrolled: 'member',
    paused: 'paused',
    suspended: 'suspended',
    left: 'left',
    erased: 'data erased',
  },
});
