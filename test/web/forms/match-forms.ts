import type { Locator } from 'playwright-core';
import { fromNow, localTime } from '../play';
import { press, type FormOfSite } from './form-of-site';
import type { Stage } from './stage';

const typeAgreement = async (form: Locator): Promise<void> => {
  await form.getByLabel(/^Méthode/).fill('Sur un cas réel');
  await form.getByLabel(/^Lieu de l’échange/).fill('Salle Loire');
  await form.getByLabel('Critère 1', { exact: true }).fill('Léon fait sans aide un plan de charge');
  await form.getByLabel('Date et heure').fill(localTime(fromNow(96)));
};

/** From an answer to an agreement: by those it is for, and by who brings them together. */
export const matchForms = ({ matches }: Stage): readonly FormOfSite[] => [
  {
    name: 'a match accepted',
    components: ['areas/match/match.tsx Answering'],
    who: 'giver',
    path: `/matches/${matches.toAccept}`,
    send: 'J’accepte',
    events: ['MatchAccepted'],
  },
  {
    name: 'a match declined',
    components: ['areas/match/match.tsx Answering'],
    who: 'giver',
    path: `/matches/${matches.toDecline}`,
    open: press('Je décline'),
    type: async (form) => form.getByLabel('Pas le temps en ce moment').check(),
    send: 'Je décline',
    events: ['MatchDeclined'],
  },
  {
    name: 'a connection',
    components: ['areas/mediator/meeting.tsx PlanForm'],
    who: 'mediator',
    path: `/mediation/${matches.toConnect}`,
    type: async (form) => {
      await form.getByLabel('Date et heure').fill(localTime(fromNow(48)));
      await form.getByLabel('Lieu', { exact: true }).fill('Salle Loire');
    },
    send: 'Prévenir tout le monde',
    events: ['ConnectionPlanned'],
  },
  {
    name: 'an agreement',
    components: ['areas/mediator/agreement-form.tsx AgreementForm'],
    who: 'mediator',
    path: `/mediation/${matches.toAgree}`,
    type: typeAgreement,
    send: 'Enregistrer le contrat',
    events: ['AgreementReached'],
  },
  {
    name: 'no agreement',
    components: ['areas/mediator/meeting.tsx NoAgreement'],
    who: 'mediator',
    path: `/mediation/${matches.toGiveUp}`,
    open: press('Pas d’accord'),
    type: async (form) => form.getByLabel('La rencontre n’a rien donné').check(),
    send: 'Mettre fin à l’appariement',
    events: ['AgreementNotReached'],
  },
  {
    name: 'an agreement of two who met before',
    components: ['areas/mediator/agreement-form.tsx AgreementForm'],
    who: 'giver',
    path: `/matches/${matches.waived}`,
    type: typeAgreement,
    send: 'Enregistrer le contrat',
    events: ['AgreementReached'],
  },
  {
    name: 'no agreement of two who met before',
    components: ['areas/match/recording.tsx NoAgreement'],
    who: 'learner',
    path: `/matches/${matches.waivedToGiveUp}`,
    open: press('Nous ne tombons pas d’accord'),
    send: 'Terminer sans accord',
    events: ['AgreementNotReached'],
  },
  {
    name: 'an agreement confirmed',
    components: ['areas/match/match.tsx Agreement'],
    who: 'learner',
    path: `/matches/${matches.recorded}`,
    send: 'J’ai tout lu et je suis d’accord',
    events: ['AgreementConfirmed'],
  },
];
