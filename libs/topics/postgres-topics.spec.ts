import fc from 'fast-check';
import { soughtIn } from '#search/sought';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { spellingOf } from './wordings';
import { postgresTopics } from './postgres-topics';
import { circleWatch } from './neighbourhood';
import { starterBroader, starterTopicRows, starterTopics, storeStarterTopics } from './starter-topics';
import type { Topics, TopicToStore } from './topics.port';

const topic = (name: string, language: 'fr' | 'en', label: string, ...alternatives: string[]): TopicToStore => ({
  uri: `urn:test:${name}`,
  language,
  label,
  alternatives,
});

describe('the taxonomy', () => {
  let db: TestDatabase;
  let topics: Topics;

  beforeEach(async () => {
    db = await testDatabase();
    topics = await postgresTopics(db.pool);
  });
  afterEach(() => db.drop());

  it('keeps a topic in both languages, and changes nothing when the same list is loaded again', async () => {
    const list = [topic('mail', 'fr', 'Tri du courrier', 'Trier les lettres'), topic('mail', 'en', 'Mail sorting')];
    expect(await topics.store(list)).toBe(2);
    expect(await topics.store(list)).toBe(0);
    expect(await topics.store([topic('mail', 'en', 'Sorting mail')])).toBe(1);
    expect(await topics.count()).toBe(1);
    expect([...(await topics.labels(['urn:test:mail'], 'en')).values()]).toEqual([
      { uri: 'urn:test:mail', label: 'Sorting mail', inLanguage: 'en' },
    ]);
  });

  it('shows the other language’s label, marked, where there is none (§8)', async () => {
    await topics.store([topic('audit', 'en', 'Internal audit')]);
    expect((await topics.labels(['urn:test:audit', 'urn:test:none'], 'fr')).get('urn:test:audit')).toEqual({
      uri: 'urn:test:audit',
      label: 'Internal audit',
      inLanguage: 'en',
    });
    expect((await topics.labels(['urn:test:none'], 'fr')).size).toBe(0);
  });

  it('takes a topic given twice in one go, and texts that look like a table’s syntax', async () => {
    const odd = topic('odd', 'fr', 'L’« été », {à} "deux"', 'a,b', 'c\\d', '{e}', '"f"');
    expect(await topics.store([odd, { ...odd }])).toBe(1);
    const { rows } = await db.pool.query<{ alternatives: string[] }>('select alternatives from reference.topic');
    expect(rows).toEqual([{ alternatives: ['a,b', 'c\\d', '{e}', '"f"'] }]);
  });

  it('finds by label in any language, best first, accents and typos forgiven', async () => {
    await topics.store(starterTopicRows);
    const first = async (text: string, language: 'fr' | 'en') => (await topics.search(text, language, 5))[0];
    expect(await first('economies d energie', 'fr')).toMatchObject({ uri: 'urn:savoirs:topic:energy-saving', inLanguage: 'fr' });
    expect(await first('negotiaton', 'en')).toMatchObject({ label: 'Negotiation' });
    expect(await first('Welding', 'fr')).toMatchObject({ label: 'Soudure', inLanguage: 'fr' });
    expect(await topics.search('zzzzzz', 'fr', 5)).toEqual([]);
  });

  it('finds by an alternative label', async () => {
    await topics.store([topic('mail', 'fr', 'Tri du courrier', 'Ventilation des plis'), topic('bike', 'fr', 'Vélos-cargos')]);
    expect((await topics.search('ventilation des plis', 'fr', 5)).map(({ label }) => label)).toEqual(['Tri du courrier']);
  });

  it('gives no more than asked for', async () => {
    await topics.store(starterTopicRows);
    expect(await topics.search('gestion', 'fr', 2)).toHaveLength(2);
  });

  it('is asked for whatever people type, and kept whatever it is, without a fault (case 44; seed 44)', async () => {
    const typed = fc.array(
      fc.oneof(
        fc.constantFrom(...'\'"\\:*|&!()<->-+#./C R', 'c++', "l'", '-SAP', 'élève', ' '),
        fc.string({ unit: 'binary', maxLength: 3 }),
      ),
      {
        maxLength: 12,
      },
    );
    const storable = (text: string): boolean => !/[\0\p{Cs}]/u.test(text) && text.trim() !== '';
    await fc.assert(
      fc.asyncProperty(typed.map((parts) => parts.join('')).filter(storable), async (text) => {
        await topics.store([topic('any', 'fr', text, text)]);
        const found = await topics.search(text, 'fr', 5);
        const search = soughtIn(text);
        if (typeof search !== 'string' && search.wanted.length > 0 && search.unwanted === null && !/["“”„«»]/u.test(text))
          expect(found).toHaveLength(1);
      }),
      { seed: 44, numRuns: 150 },
    );
  });

  it('tells how near topics are: a step to what is broader or narrower, two to what shares it, also by way of others (R7)', async () => {
    await topics.store(['sheets', 'pivots', 'macros', 'office', 'baking'].map((name) => topic(name, 'en', name)));
    const uri = (name: string): string => `urn:test:${name}`;
    const pairs = (...all: [string, string][]) => all.map(([one, other]) => ({ uri: uri(one), broader: uri(other) }));
    const known = pairs(['pivots', 'sheets'], ['macros', 'sheets'], ['sheets', 'office'], ['sheets', 'nowhere']);
    expect(await topics.storeBroader([uri('pivots'), uri('macros'), uri('sheets')], known)).toBe(3);
    expect(await topics.storeBroader([uri('pivots'), uri('macros'), uri('sheets')], known)).toBe(0);
    const near = async (most: number, ...names: string[]) =>
      (await topics.neighbours(names.map(uri), most)).map(({ topics: [one, other], steps }) =>
        `${one} ${other} ${steps}`.replaceAll(uri(''), ''),
      );
    expect(await near(1, 'pivots', 'macros', 'sheets', 'baking')).toEqual(['pivots sheets 1', 'macros sheets 1']);
    expect(await near(2, 'pivots', 'macros', 'baking')).toEqual(['macros pivots 2']);
    expect((await near(2, 'office', 'pivots', 'macros', 'sheets')).sort()).toEqual([
      ...['macros office 2', 'macros pivots 2', 'macros sheets 1', 'office pivots 2', 'office sheets 1', 'pivots sheets 1'],
    ]);
    expect(await near(0, 'pivots', 'sheets')).toEqual([]);
    expect(await topics.storeBroader([uri('pivots')], [])).toBe(1);
    expect(await near(1, 'pivots', 'sheets')).toEqual([]);
  });

  it('knows topics by a label or an alternative one, whatever its number and its accents', async () => {
    await topics.store([topic('mail', 'fr', 'Tri du courrier', 'Trier les lettres'), topic('mail', 'en', 'Mail sorting')]);
    const spellings = ['tri des courriers', 'trier des lettre', 'mail sortings', 'mail'].map(spellingOf);
    expect((await topics.named(spellings)).map(({ spelling }) => spelling).sort()).toEqual([
      'mail sorting',
      'tri courrier',
      'trier lettre',
    ]);
  });

  it('learns how labels are spelt, and has no neighbours, where an earlier version loaded them', async () => {
    await topics.store([topic('mail', 'en', 'Mail sorting')]);
    await db.pool.query(
      'drop table reference.broader; alter table reference.topic drop column names; update reference.topic set words_version = 1',
    );
    const again = await postgresTopics(db.pool);
    expect(await again.named(['mail sorting'])).toEqual([{ spelling: 'mail sorting', uri: 'urn:test:mail' }]);
    expect(await again.neighbours(['urn:test:mail'], 2)).toEqual([]);
  });

  it('may be prepared by several processes at once', async () => {
    await expect(Promise.all(Array.from({ length: 4 }, () => postgresTopics(db.pool)))).resolves.toHaveLength(4);
  });
});

describe('the starter list', () => {
  it('tells what is broader, of topics that are on it, and in no circle', async () => {
    const db = await testDatabase();
    const topics = await postgresTopics(db.pool);
    await storeStarterTopics(topics);
    expect(await topics.broader()).toHaveLength(starterBroader.length);
    await db.drop();
    const closesCircle = circleWatch([]);
    expect(starterBroader.filter(closesCircle)).toEqual([]);
  });

  it('names about 150 topics of working life, each once, in French and in English', () => {
    expect(starterTopics.length).toBeGreaterThanOrEqual(150);
    for (const by of ['uri', 'fr', 'en'] as const) expect(new Set(starterTopics.map((one) => one[by])).size).toBe(starterTopics.length);
    expect(starterTopics.every(({ uri }) => /^urn:savoirs:topic:[a-z0-9-]+$/.test(uri))).toBe(true);
  });
});
