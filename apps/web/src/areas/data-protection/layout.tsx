import { defineTexts } from '../../i18n/define-texts';
import { Desk } from '../../shell/desk';

const useDeskTexts = defineTexts('data-protection-desk', {
  fr: {
    desk: 'Protection des données',
    erasures: 'Effacements',
    access: 'Demande d’accès',
    identity: 'Qui est-ce',
    retention: 'Purges',
  },
  en: {
    desk: 'Data protection',
    erasures: 'Erasures',
    access: 'Access request',
    identity: 'Who is it',
    retention: 'Retention runs',
  },
});

const PAGES = [
  { to: '/n/$networkId/data-protection', label: 'erasures' },
  { to: '/n/$networkId/data-protection/access', label: 'access' },
  { to: '/n/$networkId/data-protection/identity', label: 'identity' },
  { to: '/n/$networkId/data-protection/retention', label: 'retention' },
] as const;

/** A data protection officer's pages, and the way from one to the other. */
export const DataProtectionLayout = () => <Desk say={useDeskTexts()} pages={PAGES} />;
