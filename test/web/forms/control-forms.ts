import type { Page } from 'playwright-core';
import { fromNow } from '../play';
import { press, type FormOfSite } from './form-of-site';
import type { Stage } from './stage';

const MOTIVE = 'Contrôle annuel';
const onCard = (memberId: string, button: string) => async (page: Page) =>
  page
    .locator('li .card')
    .filter({ hasText: memberId.slice(0, 8) })
    .getByRole('button', { name: button })
    .click();

/** What operators do, and say why. */
const operatorForms: readonly FormOfSite[] = [
  {
    name: 'a read model that rests',
    components: ['areas/operations/act-dialog.tsx ActForm', 'areas/operations/acting.ts give'],
    who: 'operator',
    path: '/operations/risk',
    open: press('Mettre en pause'),
    type: async (form) => form.getByLabel('Pourquoi', { exact: true }).fill('La machine est pleine.'),
    send: 'Mettre en pause',
    events: ['OperatorActed'],
  },
  {
    name: 'an event that is skipped for good',
    components: ['areas/operations/act-dialog.tsx ActForm', 'areas/operations/acting.ts give'],
    who: 'operator',
    path: '/operations/directory',
    open: press('Écarter pour de bon'),
    type: async (form) => form.getByLabel('Pourquoi', { exact: true }).fill('La faute est corrigée.'),
    typeAnew: async (form) => form.getByLabel(/^Pour confirmer/).fill('directory'),
    send: 'Écarter pour de bon',
    events: ['OperatorActed'],
  },
  {
    name: 'what was done at the machine',
    components: ['areas/operations/acts.tsx RecordAct'],
    who: 'operator',
    path: '/operations/acts',
    open: press('Noter une intervention'),
    type: async (form) => {
      await form.getByLabel(/^À quoi/).fill('log');
      await form.getByLabel('Pourquoi').fill('Une copie chaque mois.');
    },
    send: 'Noter',
    events: ['OperatorActed'],
  },
];

const officerForms = ({ members }: Stage): readonly FormOfSite[] => [
  {
    name: 'an erasure asked for',
    components: ['areas/data-protection/erasure-dialogs.tsx AskForErasure'],
    who: 'officer',
    path: '/data-protection',
    open: press('Demander un effacement'),
    type: async (form) => form.getByLabel('Identifiant du membre').fill(members.leaver),
    send: 'Demander l’effacement',
    events: ['ErasureRequested'],
  },
  {
    name: 'an erasure held back',
    components: ['areas/data-protection/erasure-dialogs.tsx Defer'],
    who: 'officer',
    path: '/data-protection',
    open: onCard(members.basile, 'Retenir'),
    type: async (form) => form.getByLabel('Retenir jusqu’au').fill(fromNow(24 * 20).slice(0, 10)),
    send: 'Retenir jusqu’à cette date',
    events: ['ErasureDeferred'],
  },
  {
    name: 'an erasure approved',
    components: ['areas/data-protection/erasure-dialogs.tsx Approve'],
    who: 'secondOfficer',
    path: '/data-protection',
    open: onCard(members.xavier, 'Approuver'),
    send: 'Oui, approuver l’effacement',
    events: ['ErasureApproved'],
  },
  {
    name: 'a purge',
    components: ['areas/data-protection/retention-start.tsx StartRun'],
    who: 'officer',
    path: '/data-protection/retention',
    open: press('Lancer une purge'),
    send: 'Oui, effacer et continuer chaque mois',
    events: ['RetentionRunStarted'],
  },
  {
    name: 'a copy of somebody’s data',
    components: ['areas/data-protection/access-request.tsx AccessRequest'],
    who: 'officer',
    path: '/data-protection/access',
    type: async (form) => {
      await form.getByLabel('Identifiant du membre').fill(members.learner);
      await form.getByLabel('Motif').fill(MOTIVE);
    },
    send: 'Rassembler ses données',
    events: [],
  },
  {
    name: 'a name behind an id',
    components: ['content/identity-lookup.tsx IdentityLookup'],
    who: 'officer',
    path: '/data-protection/identity',
    type: async (form) => {
      await form.getByLabel('Identifiant du membre').fill(members.learner);
      await form.getByLabel('Motif').fill(MOTIVE);
    },
    send: 'Voir qui c’est',
    events: [],
  },
];

const auditorForms = ({ exchanges, eventId }: Stage): readonly FormOfSite[] => [
  {
    name: 'an exchange replayed',
    components: ['areas/audit/replay.tsx Replay', 'areas/audit/layout.tsx AuditLayout'],
    who: 'auditor',
    path: '/audit',
    type: async (form) => {
      await form.getByLabel('Identifiant de l’échange').fill(exchanges.held);
      await form.getByLabel('Motif').fill(MOTIVE);
    },
    send: 'Rejouer',
    events: [],
  },
  {
    name: 'an event opened',
    components: ['areas/audit/event.tsx EventPage', 'areas/audit/layout.tsx AuditLayout'],
    who: 'auditor',
    path: '/audit/event',
    type: async (form) => {
      await form.getByLabel('Identifiant de l’événement').fill(eventId);
      await form.getByLabel('Motif').fill(MOTIVE);
    },
    send: 'Ouvrir',
    events: [],
  },
];

export const controlForms = (stage: Stage): readonly FormOfSite[] => [...operatorForms, ...officerForms(stage), ...auditorForms(stage)];
