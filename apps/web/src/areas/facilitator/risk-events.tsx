import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { api } from '../../api/client';
import { usePages } from '../../api/pages';
import { Fault } from '../../content/fault';
import { More } from '../../content/more';
import { useWords } from '../../content/words';
import { Button, Section, Waiting } from '../../design/parts';
import { defineTexts } from '../../i18n/define-texts';
import { day } from '../../i18n/format';
import { useNetwork } from '../../session/session';

const useEventsTexts = defineTexts('case-events', {
  fr: {
    title: 'Les événements derrière ce risque',
    text: 'Les identifiants des événements dont le chiffre se recalcule, tel qu’il était quand le dossier s’est ouvert.',
    dashboard: 'L’indicateur et sa tendance, au tableau de bord',
    open: 'Ouvrir les événements',
    at: 'Chiffre évalué le {{day}}.',
    none: 'Aucun événement ne s’ouvre ici : il n’y en a pas, ou seul un auditeur les ouvre, parce qu’ils disent qui a évalué ou agi (R15).',
  },
  en: {
    title: 'The events behind this risk',
    text: 'The ids of the events from which the figure is recomputed, as it was when the case opened.',
    dashboard: 'The indicator and its trend, on the dashboard',
    open: 'Open the events',
    at: 'The figure was evaluated on {{day}}.',
    none: 'No event opens here: there is none, or an auditor alone opens them, as they say who evaluated or acted (R15).',
  },
});

/** What a recorded risk was computed from, for the network's lead. */
export const RiskEvents = ({ caseId, risk }: { readonly caseId: string; readonly risk: string }) => {
  const say = useEventsTexts();
  const { networkId } = useNetwork();
  const [indicator = '', cell] = risk.split('/');
  const [isOpen, setOpen] = useState(false);
  return (
    <Section title={say('title')}>
      <p>
        <Link to="/n/$networkId/dashboards/risk/$indicator" params={{ networkId, indicator }} search={cell === undefined ? {} : { cell }}>
          {say('dashboard')}
        </Link>
      </p>
      <p className="soft">{say('text')}</p>
      {isOpen ? (
        <EventIds caseId={caseId} />
      ) : (
        <p>
          <Button onClick={() => setOpen(true)}>{say('open')}</Button>
        </p>
      )}
    </Section>
  );
};

const EventIds = ({ caseId }: { readonly caseId: string }) => {
  const say = useEventsTexts();
  const words = useWords();
  const { networkId } = useNetwork();
  const found = usePages(['case-events', networkId, caseId], (cursor, signal) =>
    api.GET('/networks/{networkId}/cases/{caseId}/evidence', {
      params: { path: { networkId, caseId }, query: { limit: 50, ...(cursor ? { cursor } : {}) } },
      signal,
    }),
  );
  const first = found.data?.pages[0];
  const ids = found.data?.pages.flatMap(({ eventIds }) => eventIds) ?? [];
  return (
    <>
      {found.isPending ? <Waiting label={words('waiting')} /> : null}
      <Fault fault={found.error} onRetry={() => void found.refetch()} />
      {first ? <p>{say('at', { day: day(first.evaluatedAt) })}</p> : null}
      {first && ids.length === 0 ? <p>{say('none')}</p> : null}
      <ol>
        {ids.map((id) => (
          <li key={id}>
            <code>{id}</code>
          </li>
        ))}
      </ol>
      <More of={found} />
    </>
  );
};
