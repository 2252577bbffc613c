import { useMemo } from 'react';
import { defineTexts } from '../../i18n/define-texts';
import { useDraft } from '../../session/drafts';
import { useNetwork } from '../../session/session';
import { Desk } from '../../shell/desk';
import { MotiveContext } from './motive';

const useDeskTexts = defineTexts('audit-desk', {
  fr: {
    desk: 'Audit',
    replay: 'Rejouer un échange',
    figures: 'Ouvrir un chiffre',
    event: 'Ouvrir un événement',
    identity: 'Qui est-ce',
    proofs: 'Preuves',
  },
  en: {
    desk: 'Audit',
    replay: 'Replay an exchange',
    figures: 'Open a figure',
    event: 'Open an event',
    identity: 'Who is it',
    proofs: 'Proofs',
  },
});

const PAGES = [
  { to: '/n/$networkId/audit', label: 'replay' },
  { to: '/n/$networkId/audit/figures', label: 'figures' },
  { to: '/n/$networkId/audit/event', label: 'event' },
  { to: '/n/$networkId/audit/identity', label: 'identity' },
  { to: '/n/$networkId/audit/proofs', label: 'proofs' },
] as const;

const NO_MOTIVE = { motive: '' };

/** An auditor's pages, the way from one to the other, and the motive that goes along. */
export const AuditLayout = () => {
  const say = useDeskTexts();
  const { networkId } = useNetwork();
  const [{ motive }, change] = useDraft(`${networkId}/audit-motive`, NO_MOTIVE, 'tab');
  const kept = useMemo(() => ({ motive, setMotive: (next: string) => change({ motive: next }) }), [motive]);
  return (
    <MotiveContext.Provider value={kept}>
      <Desk say={say} pages={PAGES} />
    </MotiveContext.Provider>
  );
};
