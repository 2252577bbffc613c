import { press, type FormOfSite } from './form-of-site';

/** For the lead of a network that is not open yet. */
export const openingForm: FormOfSite = {
  name: 'a network opened',
  components: ['areas/network/open-network.tsx OpenNetwork'],
  who: 'lead',
  path: '',
  type: async (form) => form.getByLabel('Nom du réseau').fill('Réseau de Lyon'),
  send: 'Ouvrir le réseau',
  events: ['NetworkOpened'],
};

/** What a network’s lead sends. The charter comes last, in the last of the turns: who enters accepts the one that they read. */
export const leadForms: readonly FormOfSite[] = [
  {
    name: 'a setting',
    components: ['areas/network/policy.tsx PolicyForm', 'areas/network/policy.tsx Review'],
    who: 'lead',
    path: '/network',
    // its button is there once something is changed
    within: (page) => page.locator('main form'),
    type: async (form) => form.getByLabel(/^Délai de grâce/).fill('91'),
    review: 'Relire 1 changement',
    send: 'Enregistrer',
    events: ['PolicyChanged'],
  },
  {
    name: 'a mediator named',
    components: ['areas/network/mediators.tsx NameOne'],
    who: 'lead',
    path: '/network/mediators',
    type: async (form) => {
      await form.getByRole('searchbox', { name: 'Membre à nommer' }).fill('Quenouille');
      await form.getByRole('button', { name: /^Odette Quenouille/ }).click();
    },
    send: 'Nommer',
    events: ['MediatorNamed'],
  },
  {
    name: 'a mediator removed',
    components: ['areas/network/mediators.tsx Removing'],
    who: 'lead',
    path: '/network/mediators',
    open: press('Retirer Basile Quenouille'),
    send: 'Retirer',
    events: ['MediatorRemoved'],
  },
  {
    name: 'a charter',
    components: ['areas/network/charter.tsx NextCharter'],
    who: 'lead',
    path: '/network/charter',
    type: async (form) => form.getByLabel('En français').fill('Chacun offre, chacun demande, chacun prévient.'),
    review: 'Relire avant de publier',
    send: /^Publier la version/,
    events: ['CharterPublished'],
    turn: 'signed-out',
  },
];
