import { defineTexts } from '../../i18n/define-texts';
import { useRoles } from '../../session/session';
import { Desk } from '../../shell/desk';

const useDeskTexts = defineTexts('facilitation', {
  fr: {
    desk: 'Animation',
    queue: 'Ce qui attend',
    rounds: 'Tours d’appariement',
    scarcity: 'Ce qui manque',
    propose: 'Proposer à la main',
    drafts: 'Aider à formuler',
    cases: 'Dossiers',
    pairs: 'À ne pas réunir',
    dormant: 'Sans nouvelles',
    fair: 'Bourse',
    import: 'Import CSV',
  },
  en: {
    desk: 'Facilitation',
    queue: 'What waits',
    rounds: 'Matching rounds',
    scarcity: 'What is lacking',
    propose: 'Propose by hand',
    drafts: 'Help to word it',
    cases: 'Cases',
    pairs: 'Kept apart',
    dormant: 'Not heard of',
    fair: 'Fair',
    import: 'CSV import',
  },
});

const PAGES = [
  { to: '/n/$networkId/facilitation', label: 'queue' },
  { to: '/n/$networkId/facilitation/rounds', label: 'rounds' },
  { to: '/n/$networkId/facilitation/rounds/scarcity', label: 'scarcity' },
  { to: '/n/$networkId/facilitation/propose', label: 'propose' },
  { to: '/n/$networkId/facilitation/drafts', label: 'drafts' },
  { to: '/n/$networkId/facilitation/cases', label: 'cases' },
  { to: '/n/$networkId/facilitation/pairs', label: 'pairs' },
  { to: '/n/$networkId/facilitation/dormant', label: 'dormant' },
  { to: '/n/$networkId/facilitation/fair', label: 'fair' },
  { to: '/n/$networkId/facilitation/import', label: 'import' },
] as const;

/** A facilitator's pages, and the way from one to the other; a lead comes to two of them from the bar. */
export const FacilitationLayout = () => {
  const say = useDeskTexts();
  return <Desk say={say} pages={useRoles().has('facilitator') ? PAGES : []} />;
};
