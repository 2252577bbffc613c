import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Language } from '#domain/vocabulary';
import type { BroaderTopic, TopicLabel, TopicToStore } from '#topics/topics.port';
import type { BadRow } from './csv-input';
import { importTopics, type TopicsWatch } from './topics-input';

const ESCO = 'conceptType,conceptUri,skillType,preferredLabel,altLabels,description';
const esco = (name: string, label: string, alternatives = ''): string => `K,http://esco.test/${name},skill,${label},${alternatives},`;

describe('loading a list of topics', () => {
  let folder: string;
  let stored: Map<string, TopicToStore>;
  let relations: readonly BroaderTopic[];
  let bad: BadRow[];
  let notes: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-topics-'));
    [stored, relations, bad, notes] = [new Map(), [], [], []];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, ...lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.join('\n'));
    return path;
  };
  const load = (path: string, watch: TopicsWatch = {}) => {
    const store = async (topics: readonly TopicToStore[]): Promise<number> => {
      const changed = topics.filter((topic) => JSON.stringify(stored.get(`${topic.uri} ${topic.language}`)) !== JSON.stringify(topic));
      for (const topic of topics) stored.set(`${topic.uri} ${topic.language}`, topic);
      return changed.length;
    };
    const labels = async (uris: readonly string[], language: Language): Promise<ReadonlyMap<string, TopicLabel>> =>
      new Map(
        uris.flatMap((uri) => {
          const found = [language, 'fr', 'en'].map((one) => stored.get(`${uri} ${one}`)).find((one) => one !== undefined);
          return found ? [[uri, { uri, label: found.label, inLanguage: found.language }]] : [];
        }),
      );
    const broader = async () => relations;
    const storeBroader = async (of: readonly string[], given: readonly BroaderTopic[]): Promise<number> => {
      relations = [...relations.filter(({ uri }) => !of.includes(uri)), ...given];
      return given.length;
    };
    return importTopics({ store, labels, broader, storeBroader }, path, {
      ...watch,
      onBad: (row) => bad.push(row),
      onNote: (note) => notes.push(note),
    });
  };

  it('takes a folder of ESCO’s files in both languages, with alternative labels on lines of one cell', async () => {
    file('skills_fr.csv', `\ufeff${ESCO}`, esco('a', 'gérer le courrier', '"trier les plis\nventiler"'), esco('b', 'souder'));
    file('skills_en-us.csv', ESCO, esco('a', 'manage mail', '"sort mail\n\nsort mail"'));
    file('skills_de.csv', ESCO, esco('a', 'Post verwalten'));
    file('broaderRelations.csv', 'x,y', '1,2');
    expect(await load(folder)).toEqual({ files: 2, rows: 3, changed: 3, unlabelled: 0, broader: 0, bad: 0 });
    expect(stored.get('http://esco.test/a fr')?.alternatives).toEqual(['trier les plis', 'ventiler']);
    expect(stored.get('http://esco.test/a en')).toMatchObject({ label: 'manage mail', alternatives: ['sort mail'] });
  });

  it('changes nothing when the same list is loaded again', async () => {
    const path = file('skills_fr.csv', ESCO, esco('a', 'souder'));
    await load(path);
    expect(await load(path)).toEqual({ files: 1, rows: 1, changed: 0, unlabelled: 0, broader: 0, bad: 0 });
  });

  it('names bad rows by the line they begin on, and keeps the good ones', async () => {
    const path = file(
      'own.csv',
      'uri,language,label,alternatives',
      'urn:a:1,fr,Souder,"un|deux\ntrois"',
      'urn:a:2,fr,',
      'urn:a:3,de,Schweißen,',
      'no uri,fr,Visser,',
      'urn:a:4,fr,Percer,,,',
      'urn:a:5,EN,Drill,',
    );
    expect(await load(path)).toEqual({ files: 1, rows: 2, changed: 2, unlabelled: 0, broader: 0, bad: 4 });
    expect(bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '4 has more or fewer cells than the header',
      '5 language is neither fr nor en',
      '6 uri is no URI',
      '7 has more or fewer cells than the header',
    ]);
    expect(stored.get('urn:a:1 fr')?.alternatives).toEqual(['un', 'deux', 'trois']);
  });

  it('says of an empty label which column it misses', async () => {
    await load(file('skills_en.csv', ESCO, esco('a', 'weld'), esco('b', ' ')));
    expect(bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual(['3 preferredLabel is empty']);
  });

  it('takes a label that one language lacks and the other has for no bad row (case 41)', async () => {
    file('skills_en.csv', ESCO, esco('a', ''), esco('b', ''));
    file('skills_fr.csv', ESCO, esco('a', 'souder'));
    expect(await load(folder)).toEqual({ files: 2, rows: 1, changed: 1, unlabelled: 1, broader: 0, bad: 1 });
    expect(bad.map(({ file: path, line, reason }) => `${basename(path)}:${line} ${reason}`)).toEqual([
      'skills_en.csv:3 preferredLabel is empty',
    ]);
  });

  it('finds the other language’s label in an earlier load (case 41)', async () => {
    await load(file('skills_fr.csv', ESCO, esco('a', 'souder')));
    expect(await load(file('skills_en.csv', ESCO, esco('a', '')))).toMatchObject({ rows: 0, unlabelled: 1, broader: 0, bad: 0 });
  });

  it('keeps what is broader, several times or once, from ESCO’s files; its groups are no topics', async () => {
    file('skills_en.csv', ESCO, ...['a', 'b', 'c', 'd'].map((name) => esco(name, `label ${name}`)));
    const [a, b, c] = ['a', 'b', 'c'].map((name) => `http://esco.test/${name}`) as [string, string, string];
    file('broaderRelationsSkillPillar.csv', 'conceptUri,broaderUri', `${a},${b}`, `${a},${c}`, `${a},${b}`, `${b},http://esco.test/group`);
    expect(await load(folder)).toMatchObject({ files: 2, rows: 4, broader: 2, bad: 0 });
    expect(relations).toEqual([
      { uri: a, broader: b },
      { uri: a, broader: c },
    ]);
    file('broaderRelationsSkillPillar.csv', 'conceptUri,broaderUri', `${a},${c}`);
    await load(folder);
    expect(relations).toEqual([{ uri: a, broader: c }]);
  });

  it('keeps no circle: the row that would close it is told, with its rule, and all others are kept', async () => {
    const list = [
      'uri,language,label,broader',
      'urn:a:1,fr,Souder,urn:a:2',
      'urn:a:2,fr,Assembler,"urn:a:3|urn:a:4"',
      'urn:a:3,fr,Fabriquer,urn:a:1',
      'urn:a:4,fr,Métal,urn:a:4',
      'urn:a:5,fr,Braser,"urn:a:2\nurn:a:nowhere"',
    ];
    expect(await load(file('own.csv', ...list))).toMatchObject({ rows: 5, broader: 4, bad: 3 });
    expect(bad.map(({ line, reason }) => `${line} ${reason}`)).toEqual([
      '4 broader closes a circle: no topic is broader than itself',
      '5 broader closes a circle: no topic is broader than itself',
      '6 broader names no topic',
    ]);
  });

  it('finds a circle that an earlier load closes, and leaves what it does not tell of as it was', async () => {
    await load(file('own.csv', 'uri,language,label,broader', 'urn:a:1,fr,Souder,urn:a:2', 'urn:a:2,fr,Assembler,'));
    await load(file('plain.csv', 'uri,language,label', 'urn:a:1,en,Weld'));
    expect(relations).toEqual([{ uri: 'urn:a:1', broader: 'urn:a:2' }]);
    expect(await load(file('own.csv', 'uri,language,label,broader', 'urn:a:2,fr,Assembler,urn:a:1'))).toMatchObject({ broader: 0, bad: 1 });
  });

  it('reads what a spreadsheet saved with semicolons, and says so (case 38)', async () => {
    await load(file('own.csv', 'uri;language;label', 'urn:a:1;fr;"Souder; braser"'));
    expect(stored.get('urn:a:1 fr')?.label).toBe('Souder; braser');
    expect(notes).toEqual([expect.stringMatching(/own\.csv: cells are separated by semicolons\.$/)]);
  });

  it('finds nothing visible in a label of zero-width spaces (R24, case 42)', async () => {
    expect(await load(file('own.csv', 'uri,language,label', 'urn:a:1,fr,\u200b\u200b'))).toMatchObject({ rows: 0, bad: 1 });
  });

  it.each([
    ['a missing file', () => join('/', 'nowhere', 'at-all.csv'), /There is no file or folder/],
    ['a folder without lists', () => folder, /holds no file named skills_/],
    ['a file without its columns', () => file('own.csv', 'uri,label', 'a,b'), /lacks the column language/],
    ['an empty file (case 40)', () => file('own.csv'), /is empty/],
    ['a file of blank lines (case 40)', () => file('own.csv', '', ' ', ''), /is empty/],
    ['a file of a byte-order mark (case 40)', () => file('own.csv', '\ufeff'), /is empty/],
    ['a first line with no row below it (case 40)', () => file('own.csv', 'uri,language,label', ''), /no row below it/],
    ['an empty file of ESCO (case 40)', () => file('skills_fr.csv'), /is empty/],
    ['ESCO’s columns in a file that names no language', () => file('list.csv', ESCO), /tells its language by its name/],
  ])('refuses %s in one sentence, with exit code 65', async (_what, path, sentence) => {
    await expect(load(path())).rejects.toMatchObject({ message: expect.stringMatching(sentence), exitCode: 65 });
  });

  it('tells a quotation mark that nothing closes, and keeps what came before', async () => {
    const path = file('own.csv', 'uri,language,label', 'urn:a:1,fr,Souder', 'urn:a:2,fr,"Percer', 'urn:a:3,fr,Visser');
    expect(await load(path)).toMatchObject({ rows: 1, bad: 1 });
    expect(bad[0]).toMatchObject({ line: 3, reason: expect.stringContaining('nothing closes') });
  });
});
