import type { Locator } from 'playwright-core';
import { press, type FormOfSite } from './form-of-site';
import { nameOf, type Stage } from './stage';
import type { MemberName } from './people';

const FAIR_FILE = {
  name: 'fair.csv',
  mimeType: 'text/csv',
  buffer: Buffer.from(
    [
      'subject,name,email,site,unit,offer_topic,offer_wording',
      'form-row-1,Zoé Martin,zoe@example.org,LYO,TRI,Tableur,Construire un tableau croisé',
      'form-row-2,Yan Le Goff,yan@example.org,LYO,TRI,Vélo,Réparer un vélo',
    ].join('\n'),
  ),
};

const pick = async (form: Locator, label: string, member: MemberName): Promise<void> => {
  await form.getByRole('searchbox', { name: label }).fill('Quenouille');
  await form
    .getByRole('group', { name: label })
    .getByRole('button', { name: nameOf(member) })
    .click();
};

const caseForms = ({ cases }: Stage): readonly FormOfSite[] =>
  (
    [
      ['offerContest', 'Maintenir l’annonce', 'Pourquoi, en quelques mots', 'Régler le dossier', 'OfferContestSettled'],
      ['requestContest', 'Retirer l’annonce', 'Pourquoi, en quelques mots', 'Régler le dossier', 'RequestContestSettled'],
      ['dispute', 'L’échange continue', 'Pourquoi, en quelques mots', 'Régler le dossier', 'DisputeSettled'],
      ['incident', null, 'Ce qui sera fait', 'Décider de cette action', 'IncidentAssessed'],
      ['assessed', null, 'Ce qui a été fait', 'Clore l’incident', 'IncidentResolved'],
    ] as const
  ).map(([one, outcome, label, send, event]) => ({
    name: `a case: ${event}`,
    components: ['areas/facilitator/case.tsx Decide', 'areas/facilitator/case.tsx useDecide'],
    who: 'facilitator' as const,
    path: `/facilitation/cases/${cases[one]}`,
    type: async (form: Locator) => {
      if (outcome) await form.getByLabel(outcome).check();
      await form.getByLabel(label).fill('Les deux côtés ont été entendus.');
    },
    send,
    events: [event],
  }));

/** What facilitators send. */
export const deskForms = (stage: Stage): readonly FormOfSite[] => [
  ...caseForms(stage),
  {
    name: 'an incident that a facilitator saw',
    components: ['areas/facilitator/cases.tsx Report'],
    who: 'facilitator',
    path: '/facilitation/cases',
    open: press('Signaler un incident'),
    type: async (form) => {
      await form.getByLabel('confidentialité').check();
      await form.getByLabel('Ce qui s’est passé').fill('Une liste est restée sur la table.');
    },
    send: 'Signaler',
    events: ['IncidentReported'],
  },
  {
    name: 'two people kept apart',
    components: ['areas/facilitator/pairs.tsx KeepApart'],
    who: 'facilitator',
    path: '/facilitation/pairs',
    type: async (form) => {
      await pick(form, 'Une personne', 'odette');
      await pick(form, 'L’autre personne', 'celie');
      await form.getByLabel('Pourquoi').fill('Toutes deux le demandent.');
    },
    send: 'Ne plus les réunir',
    events: ['PairForbidden'],
  },
  {
    name: 'a pair that is no longer kept apart',
    components: ['areas/facilitator/pairs.tsx Lift'],
    who: 'facilitator',
    path: '/facilitation/pairs',
    open: async (page) => {
      const card = page.getByRole('listitem').filter({ hasText: nameOf('basile') });
      await card.getByRole('button', { name: 'Lever' }).click();
    },
    type: async (form) => form.getByLabel('Pourquoi').fill('Apaisé.'),
    send: 'Lever',
    events: ['PairAllowed'],
  },
  {
    name: 'a match proposed by hand',
    components: ['areas/facilitator/propose.tsx Propose'],
    who: 'facilitator',
    path: '/facilitation/propose?text=Quenouille',
    type: async (form) => {
      for (const topic of ['Offre de Odette Quenouille', 'Demande de Basile Quenouille'])
        await form.getByRole('button', { name: `Choisir : ${topic}` }).click();
      await form.getByLabel('Pourquoi ces personnes').fill('Le même chantier.');
    },
    send: 'Proposer l’appariement',
    events: ['MatchProposed'],
  },
  {
    name: 'an offer worded with somebody',
    components: ['areas/facilitator/drafts.tsx HelpToWord'],
    who: 'facilitator',
    path: '/facilitation/drafts',
    type: async (form) => {
      await form.getByRole('searchbox').fill('Quenouille');
      await form.getByRole('button', { name: nameOf('odette') }).click();
      await form.getByRole('combobox', { name: 'Thème' }).fill('Filature');
      await form.getByLabel('Ce que cette personne peut transmettre').fill('Filer la laine.');
      await form.getByLabel('Pour commencer').check();
      await form.getByLabel('À distance', { exact: true }).check();
    },
    send: 'Lui laisser ce brouillon',
    events: ['OfferDrafted'],
  },
  {
    name: 'an entry at a fair',
    components: ['areas/facilitator/fair.tsx Fair'],
    who: 'facilitator',
    path: '/facilitation/fair',
    type: async (form) => {
      for (const [label, text] of [
        [/^Nom/, 'Ana Ruiz'],
        [/^Adresse/, 'ana@example.org'],
        [/^Identifiant/, 'form-ana'],
        [/^Site/, 'LYO'],
        [/^Service/, 'TRI'],
      ] as const)
        await form.getByLabel(label).first().fill(text);
      await form.getByRole('combobox', { name: 'Thème' }).first().fill('Vélo');
      await form.getByLabel('Ce que cette personne peut transmettre').first().fill('Réparer un vélo.');
    },
    send: 'Inscrire, et personne suivante',
    events: ['MembershipRequested'],
  },
  {
    name: 'a file of entries',
    components: ['areas/facilitator/import.tsx useSending'],
    who: 'facilitator',
    path: '/facilitation/import',
    within: (page) => page.locator('main'),
    typeAnew: async (form) => form.getByLabel('Fichier CSV', { exact: true }).setInputFiles(FAIR_FILE),
    send: 'Inscrire 2 personnes',
    atLast: 'Tout est envoyé.',
    events: ['MembershipRequested', 'MembershipRequested'],
    // it tries by itself for a while before it says that the connection is lost
    turn: 'signed-out',
  },
  {
    name: 'a round',
    components: ['areas/facilitator/rounds.tsx Rounds'],
    who: 'facilitator',
    path: '/facilitation/rounds',
    type: async (form) => form.getByLabel('Graine').fill('7'),
    review: 'Lancer le tour',
    send: 'Lancer le tour',
    events: ['MatchingRoundStarted'],
    turn: 'signed-out',
  },
];
