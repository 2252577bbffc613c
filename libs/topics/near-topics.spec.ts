import { nearTopics, type TopicInUse } from './near-topics';
import type { Neighbours } from './topics.port';
import { isAlike, spellingOf } from './wordings';

const words = (text: string): TopicInUse => ({ key: text, uri: null, text });
const tagged = (uri: string): TopicInUse => ({ key: uri, uri, text: null });

const near = async (
  inUse: readonly TopicInUse[],
  most = 1,
  known: { neighbours?: readonly Neighbours[]; labels?: Record<string, string> } = {},
) => {
  const { neighbours = [], labels = {} } = known;
  const taxonomy = {
    neighbours: async () => neighbours.filter(({ steps }) => steps <= most),
    named: async (spellings: readonly string[]) =>
      Object.entries(labels).flatMap(([label, uri]) =>
        spellings.includes(spellingOf(label)) ? [{ spelling: spellingOf(label), uri }] : [],
      ),
  };
  return (await nearTopics(taxonomy, inUse, most)).map(({ topics: [one, other], steps }) => `${one} – ${other}: ${steps}`);
};

describe('topics that are near', () => {
  it.each([
    ['Gestion de projet', 'la gestion des projets'],
    ['Tableaux croisés', 'Tableau croise'],
    ['Pivot tables', 'The pivot table'],
    ['Safety policies', 'safety policy'],
    ['Stratégie', 'strategies'],
    ['Classes virtuelles', 'Classe virtuelle'],
    ['C++', 'c++'],
  ])('takes “%s” and “%s” for one topic (R7)', async (one, other) => {
    expect(spellingOf(one)).toBe(spellingOf(other));
    expect(await near([words(one), words(other)], 0)).toHaveLength(one === other ? 0 : 1);
  });

  it.each([
    ...[
      ['Java', 'JavaScript'],
      ['C', 'C++'],
      ['C++', 'C#'],
      ['C', 'C#'],
      ['R', 'R&D'],
      ['Excel débutant', 'Excel avancé'],
      ['Excel 2016', 'Excel 2019'],
    ],
    ...[
      ['comptabilité', 'comptable'],
      ['Windows', 'window'],
      ['Teams', 'team'],
      ['levée de fonds', 'levée de fond'],
      ['cours', 'cour'],
    ],
    ...[
      ['traduction anglais français', 'traduction français anglais'],
      ['travail de nuit', 'travaux de nuit'],
      ['négociation', 'navigation'],
    ],
    ...[
      ['microeconomics', 'macroeconomics'],
      ['aesthetics', 'anesthetics'],
      ['radiology', 'radiobiology'],
      ['orthotics', 'orthoptics'],
    ],
    ...[
      ['électrique', 'électronique'],
      ['permis A', 'permis B'],
      ['permis', 'permis A'],
      ['accueil du public', 'accueil en public'],
    ],
    ...[
      ['chargement de colis', 'déchargement de colis'],
      ['externalisation', 'internalisation'],
      ['presentation', 'representation'],
    ],
  ])('keeps “%s” and “%s” apart (R7)', async (one, other) => {
    expect(await near([words(one!), words(other!)], 2)).toEqual([]);
  });

  it('takes a slip in one long word for near, no further (R7)', async () => {
    expect(await near([words('Algorithmes'), words('Algorithms')])).toEqual(['Algorithmes – Algorithms: 1']);
    expect(await near([words('Algorithmes'), words('Algorithms')], 0)).toEqual([]);
    expect(isAlike('litterature', 'literature')).toBe(true);
    expect(isAlike('litterature francaise', 'literature anglaise')).toBe(false);
  });

  it('takes words that are a tagged topic’s label for that topic (R7)', async () => {
    const labels = { 'Pivot tables': 'urn:pivots', 'Tableaux croisés dynamiques': 'urn:pivots' };
    const inUse = [tagged('urn:pivots'), tagged('urn:sql'), words('tableau croisé dynamique'), words('tableau')];
    expect(await near(inUse, 0, { labels })).toEqual(['tableau croisé dynamique – urn:pivots: 0']);
  });

  it('tells tagged topics as near as the taxonomy has them, up to the limit, in an order of their own (R7, R18)', async () => {
    const neighbours = [
      { topics: ['urn:a', 'urn:c'], steps: 2 },
      { topics: ['urn:a', 'urn:b'], steps: 1 },
    ] as const;
    const inUse = [tagged('urn:c'), tagged('urn:b'), tagged('urn:a'), tagged('urn:b')];
    expect(await near(inUse, 2, { neighbours })).toEqual(['urn:a – urn:b: 1', 'urn:a – urn:c: 2']);
    expect(await near(inUse, 1, { neighbours })).toEqual(['urn:a – urn:b: 1']);
    expect(await near(inUse, 0, { neighbours })).toEqual([]);
  });

  it('brings nothing together that says nothing', async () => {
    expect(await near([words('!!!'), words('???'), { key: 'gone', uri: null, text: null }], 2)).toEqual([]);
  });
});
