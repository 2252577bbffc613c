import { useMemo, useState } from 'react';
import { defineTexts } from '../../i18n/define-texts';
import { Desk } from '../../shell/desk';
import { MotiveContext } from './motive';

const useDeskTexts = defineTexts('audit-desk', {
  fr: {
    desk: 'Audit',
    replay: 'Rejouer un échange',
    figures: 'Ouvrir un chiffre',
    identity: 'Qui est-ce',
    proofs: 'Preuves',
  },
  en: {
    desk: 'Audit',
    replay: 'Replay an exchange',
    figures: 'Open a figure',
    identity: 'Who is it',
    proofs: 'Proofs',
  },
});

const PAGES = [
  { to: '/n/$networkId/audit', label: 'replay' },
  { to: '/n/$networkId/audit/figures', label: 'figures' },
  { to: '/n/$networkId/audit/identity', label: 'identity' },
  { to: '/n/$networkId/audit/proofs', label: 'proofs' },
] as const;

/** An auditor's pages, the way from one to the other, and the motive that goes along. */
export const AuditLayout = () => {
  const say = useDeskTexts();
  const [motive, setMotive] = useState('');
  const kept = useMemo(() => ({ motive, setMotive }), [motive]);
  return (
    <MotiveContext.Provider value={kept}>
      <Desk say={say} pages={PAGES} />
    </MotiveContext.Provider>
  );
};
