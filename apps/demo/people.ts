import type { Language } from '#domain/vocabulary';
import { seededRandom } from './seeded-random';

export interface DemoPerson {
  /** What their token would say of them. */
  readonly subject: string;
  readonly name: string;
  readonly email: string;
  readonly site: string;
  readonly unit: string;
  readonly languages: readonly Language[];
}

const FIRST = {
  fr: `Adèle Agathe Amadou Anaïs Antoine Aurélie Bakary Baptiste Bérénice Brigitte Camille Cédric Chantal Clémence Corentin Damien
    Delphine Didier Élise Émile Estelle Fabrice Fatou Florence Gaëlle Gérard Hélène Hugo Inès Isabelle Jérôme Joël Karim Laëtitia
    Laurent Léa Lucien Magali Malika Marc Mathilde Maxime Nadia Nathan Noémie Odile Olivier Pascal Patricia Quentin Rachid Régine
    Romain Samira Sébastien Solène Sylvain Thérèse Thierry Valérie Victor Yann Yasmine Zoé`,
  en: `Alice Andrew Barbara Brian Carol Charles Deborah Edward Emily Fiona George Grace Harriet Ian Jack Joanna Keith Laura Martin
    Nicola Oliver Paul Rachel Simon Susan Thomas Victoria William`,
};
const LAST = {
  fr: `Aubert Bailly Barbier Benoît Bertin Blanchard Boucher Bouvier Carlier Chevallier Cissé Colin Coulibaly Dacosta Delattre Deschamps
    Diallo Dumas Étienne Fabre Faure Fontaine Gaillard Garnier Gautier Girard Guérin Haddad Hamel Hubert Jacquet Joubert Klein Lacroix
    Lambert Leclerc Lefort Lemoine Lévêque Maillard Marchand Marty Mercier Meunier Millet Monnier Moulin Noël Ollivier Paget Pelletier
    Perrin Picard Poirier Prévost Quintin Renaud Rivière Roussel Roy Sanchez Schmitt Tessier Traoré Vasseur Vidal Weber Zidi`,
  en: `Abbott Baker Carter Dawson Ellis Foster Graham Harris Irving Jackson Knight Lawson Mason Newton Parker Reed Shaw Turner Walsh Young`,
};
const words = (list: string): readonly string[] => list.split(/\s+/);
const names = { fr: [words(FIRST.fr), words(LAST.fr)], en: [words(FIRST.en), words(LAST.en)] } as const;

/** Larger sites first: people are not spread evenly. */
const SITES = [
  [22, 'LYO'],
  [18, 'PAR'],
  [14, 'LIL'],
  [12, 'NTE'],
  [11, 'BDX'],
  [9, 'TLS'],
  [8, 'MRS'],
  [6, 'STR'],
] as const;
const UNITS = [
  [26, 'TRI'],
  [24, 'DIS'],
  [18, 'GUI'],
  [13, 'SI'],
  [11, 'RH'],
  [8, 'FIN'],
] as const;

export const sites: readonly string[] = SITES.map(([, code]) => code);
export const units: readonly string[] = UNITS.map(([, code]) => code);

const plain = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[^A-Za-z-]/g, '')
    .toLowerCase();

/** The person with this number: nobody who exists. */
export const personOf = (seed: number, number: number): DemoPerson => {
  const random = seededRandom(seed, `person ${number}`);
  const tongue: Language = random.yes(0.1) ? 'en' : 'fr';
  const [first, last] = [random.of(names[tongue][0]), random.of(names[tongue][1])];
  const both = random.yes(tongue === 'en' ? 0.5 : 0.2);
  return {
    subject: `demo-${number}`,
    name: `${first} ${last}`,
    email: `${plain(first)}.${plain(last)}.${number}@demo.example`,
    site: random.weighed(SITES),
    unit: random.weighed(UNITS),
    languages: both ? [tongue, tongue === 'fr' ? 'en' : 'fr'] : [tongue],
  };
};

/** Who runs the network: no members, so that no case names them. */
export const STAFF = {
  lead: ['demo-lead', 'network-lead'],
  facilitator: ['demo-facilitator', 'facilitator'],
  secondFacilitator: ['demo-facilitator-2', 'facilitator'],
  protection: ['demo-protection', 'data-protection-officer'],
  secondProtection: ['demo-protection-2', 'data-protection-officer'],
  hr: ['demo-hr', 'hr'],
  auditor: ['demo-auditor', 'auditor'],
  operator: ['demo-operator', 'operator'],
} as const;

/** Of a demo's members, the first ones: one that is still there is enough. */
const MEMBERS_TRIED = 20;

/** Whom a demo's network may know: for who finds one, where nobody wrote down whom it simulates. */
export const demoIdentities = [
  ...Object.values(STAFF).map(([subject, role]) => ({ subject, roles: [role], name: null })),
  ...Array.from({ length: MEMBERS_TRIED }, (_, number) => ({ subject: `demo-${number}`, roles: ['member'] as const, name: null })),
];
