import { press, typeEntry, type FormOfSite } from './form-of-site';
import { TOPIC, type Stage } from './stage';

/** What members send of themselves, and of what they offer and ask for. */
export const memberForms = ({ offerId }: Stage): readonly FormOfSite[] => [
  {
    name: 'an entry',
    components: ['areas/join/join.tsx JoinForm'],
    who: 'newcomer',
    path: '/join',
    type: async (form) => {
      await form.getByLabel(/^Nom/).fill('Camille Aubry');
      await form.getByLabel(/^Adresse/).fill('camille.aubry@example.org');
      await form.getByLabel('Site').first().fill('LYO');
      await form.getByRole('textbox', { name: 'Service' }).fill('GUI');
      await typeEntry(form.getByRole('region', { name: 'Votre première offre' }), 'Tenir un journal de bord.', 'Journal');
      await typeEntry(form.getByRole('region', { name: 'Votre première demande' }), 'Présenter un projet.', 'Prise de parole');
      await form.getByLabel('J’ai lu la charte et je l’accepte.').check();
    },
    send: 'Entrer dans le réseau',
    events: ['MembershipRequested', 'CharterAccepted', 'MemberEnrolled'],
  },
  {
    name: 'an entry made at a fair, confirmed',
    components: ['areas/my-page/pending-entry.tsx PendingEntry'],
    who: 'entered',
    path: '',
    type: async (form) => {
      await form.getByLabel('J’ai lu la charte et je l’accepte.').check();
      await form.getByLabel(/^Je le déclare/).check();
    },
    send: 'Confirmer et entrer dans le réseau',
    events: ['CharterAccepted', 'MemberEnrolled'],
  },
  {
    name: 'an entry made at a fair, removed',
    components: ['areas/my-page/pending-entry.tsx Removing'],
    who: 'removed',
    path: '',
    open: press('Supprimer'),
    send: 'Oui, supprimer',
    andThen: '/leave',
    events: ['ErasureRequested', 'MemberLeft'],
  },
  {
    name: 'an offer more',
    components: ['areas/my-page/publish.tsx Publish'],
    who: 'giver',
    path: '/publish/offer',
    type: (form) => typeEntry(form, 'Classer ses messages.', 'Messagerie'),
    send: 'Publier',
    events: ['OfferPublished'],
  },
  {
    name: 'a request kept as a draft',
    components: ['areas/my-page/publish.tsx Publish'],
    who: 'giver',
    path: '/publish/request',
    type: (form) => typeEntry(form, 'Tailler un arbre.', 'Taille'),
    send: 'Garder comme brouillon',
    events: ['RequestDrafted'],
  },
  {
    name: 'an offer revised',
    components: ['areas/my-page/revise.tsx ReviseForm'],
    who: 'giver',
    path: `/entries/${offerId}`,
    type: async (form) => form.getByLabel(/^Ce que vous pouvez transmettre/).fill('Conduire une réunion d’une heure, à dix.'),
    send: 'Enregistrer',
    events: ['OfferRevised'],
  },
  {
    name: 'an offer paused',
    components: ['areas/my-page/own-entries.tsx OwnEntryCard'],
    who: 'leaver',
    path: '',
    within: (page) => page.getByRole('listitem').filter({ hasText: 'Offre de Lou Petit' }),
    send: 'Mettre en pause',
    events: ['OfferPaused'],
  },
  {
    name: 'asking for an offer',
    components: ['areas/directory/answer-dialog.tsx AnswerForm'],
    who: 'learner',
    path: `/directory?kind=offer&text=${encodeURIComponent(TOPIC)}`,
    open: press('Demander à apprendre'),
    type: async (form) => {
      await form.getByLabel(/^Ce que vous voulez savoir faire/).fill('Conduire les réunions de mon équipe.');
      await form.getByLabel(/^Je le déclare/).check();
    },
    send: 'Envoyer ma demande',
    events: ['MatchProposed'],
  },
  {
    name: 'a contest',
    components: ['areas/directory/contest-dialog.tsx Contest'],
    who: 'leaver',
    path: `/directory?kind=offer&text=${encodeURIComponent(TOPIC)}`,
    open: press(/^Contester/),
    type: async (form) => {
      await form.getByLabel('C’est trompeur').check();
      await form.getByLabel('En quelques mots').fill('Une heure n’y suffit pas.');
    },
    send: 'Contester',
    events: ['OfferContested'],
  },
  {
    name: 'an incident',
    components: ['areas/incident/report-incident.tsx ReportIncident'],
    who: 'giver',
    path: '/incident',
    type: async (form) => {
      await form.getByLabel(/^Confidentialité/).check();
      await form.getByLabel(/^Ce qui s’est passé/).fill('Un document est resté dans la salle.');
    },
    send: 'Signaler',
    events: ['IncidentReported'],
  },
];
