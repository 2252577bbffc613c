import { fromNow, localTime } from '../play';
import { press, type FormOfSite } from './form-of-site';
import type { Stage } from './stage';

const SESSION_FORM = 'areas/exchange/session-forms.tsx SessionForm';

const endings = ({ exchanges }: Stage): readonly FormOfSite[] =>
  (
    [
      ['toCancel', 'giver', 'Annuler l’échange', 'Ce n’est plus utile', ['ExchangeCancelled']],
      ['toInterrupt', 'giver', 'Interrompre l’échange', 'D’un commun accord', ['ExchangeInterrupted']],
      ['toDropOut', 'learner', 'Me retirer', 'C’est mon choix', ['ParticipantDropped', 'ExchangeCancelled']],
    ] as const
  ).map(([exchange, who, button, reason, events]) => ({
    name: `an ending: ${button}`,
    components: ['areas/exchange/endings.tsx EndingForm'],
    who,
    path: `/exchanges/${exchanges[exchange]}`,
    open: press(button),
    type: async (form) => form.getByLabel(reason).check(),
    send: button,
    events,
  }));

/** Sessions of an exchange, and who was there. */
const sessions = ({ exchanges }: Stage): readonly FormOfSite[] => [
  {
    name: 'a session more',
    components: ['areas/exchange/session-forms.tsx PlanForm', SESSION_FORM],
    who: 'giver',
    path: `/exchanges/${exchanges.agreed}`,
    open: press('Prévoir une séance'),
    type: async (form) => form.getByLabel('Début').fill(localTime(fromNow(72))),
    send: 'Enregistrer',
    events: ['ExchangeRescheduled'],
  },
  {
    name: 'a session moved',
    components: ['areas/exchange/session-forms.tsx PlanForm', SESSION_FORM],
    who: 'learner',
    path: `/exchanges/${exchanges.agreed}`,
    open: press('Déplacer'),
    type: async (form) => form.getByLabel('Début').fill(localTime(fromNow(80))),
    send: 'Enregistrer',
    events: ['ExchangeRescheduled'],
  },
  {
    name: 'a session held',
    components: ['areas/exchange/session-forms.tsx ReportForm', SESSION_FORM],
    who: 'learner',
    path: `/exchanges/${exchanges.agreed}`,
    open: press('Noter une séance qui n’était pas prévue'),
    type: async (form) => {
      await form.getByLabel('Début').fill(localTime(fromNow(-2)));
      await form.getByLabel(/^Dont minutes/).fill('15');
    },
    send: 'Enregistrer',
    events: ['SessionHeld'],
  },
  {
    name: 'a presence corrected',
    components: ['areas/exchange/session-forms.tsx PresenceForm', SESSION_FORM],
    who: 'giver',
    path: `/exchanges/${exchanges.halfHeld}`,
    open: press('Corriger ma présence'),
    type: async (form) => form.getByLabel(/^Dont minutes/).fill('10'),
    send: 'Enregistrer',
    events: ['SessionCorrected'],
  },
  {
    name: 'somebody who did not come',
    components: ['areas/exchange/session-forms.tsx NoShowForm', SESSION_FORM],
    who: 'giver',
    path: `/exchanges/${exchanges.halfHeld}`,
    open: press('Quelqu’un n’est pas venu'),
    type: async (form) => form.getByLabel('Léon Roy').check(),
    send: 'Enregistrer',
    events: ['NoShowReported'],
  },
  {
    name: 'an absence contested',
    components: ['areas/exchange/sessions.tsx SessionCard'],
    who: 'learner',
    path: `/exchanges/${exchanges.halfHeld}`,
    within: (page) => page.getByRole('listitem').filter({ hasText: 'contester' }).first(),
    send: 'J’étais là : contester',
    events: ['NoShowContested'],
  },
  {
    name: 'a word that it was held',
    components: ['areas/exchange/exchange.tsx Confirming'],
    who: 'giver',
    path: `/exchanges/${exchanges.halfHeld}`,
    send: 'Oui, il a eu lieu',
    events: ['HeldConfirmed'],
  },
  {
    name: 'a one-sided report, settled',
    components: ['areas/mediator/settle-dialog.tsx Settle'],
    who: 'mediator',
    path: '/mediation',
    open: async (page) => {
      const card = page.getByRole('listitem').filter({ hasText: 'Relire un rapport' });
      await card.getByRole('button', { name: 'Lire et trancher' }).click();
    },
    send: 'Oui, il a eu lieu',
    events: ['HeldSettled'],
  },
];

/** What is said of an exchange afterwards. */
const judgements = ({ exchanges }: Stage): readonly FormOfSite[] => [
  {
    name: 'an evaluation',
    components: ['areas/exchange/evaluate.tsx EvaluationForm'],
    who: 'learner',
    path: `/exchanges/${exchanges.held}/evaluation`,
    type: async (form) => {
      for (const five of await form.getByRole('radio', { name: '5', exact: true }).all()) await five.check();
      await form.getByRole('radio', { name: 'Oui', exact: true }).check();
      await form.getByLabel(/^Un mot/).fill('Je le refais seul.');
    },
    send: 'Envoyer ma fiche bilan',
    events: ['EvaluationSubmitted'],
  },
  {
    name: 'a follow-up',
    components: ['areas/exchange/follow-up.tsx FollowUpForm'],
    who: 'follower',
    path: `/exchanges/${exchanges.followUp}/follow-up`,
    type: async (form) => {
      await form.getByLabel('Oui', { exact: true }).check();
      await form.getByLabel(/^Un exemple/).fill('Le budget du mois.');
    },
    send: 'Envoyer',
    events: ['FollowUpSubmitted'],
  },
  {
    name: 'a dispute',
    components: ['areas/exchange/endings.tsx EndingForm'],
    who: 'giver',
    path: `/exchanges/${exchanges.held}`,
    open: press('Ouvrir un litige'),
    type: async (form) => {
      await form.getByLabel('L’organisation').check();
      await form.getByLabel('Ce qui s’est passé').fill('La salle était prise.');
    },
    send: 'Ouvrir un litige',
    events: ['ExchangeDisputed'],
  },
];

export const exchangeForms = (stage: Stage): readonly FormOfSite[] => [...sessions(stage), ...endings(stage), ...judgements(stage)];
