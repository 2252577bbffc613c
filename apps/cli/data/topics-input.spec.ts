import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TopicToStore } from '#topics/topics.port';
import type { BadRow } from './csv-input';
import { importTopics } from './topics-input';

const ESCO = 'conceptType,conceptUri,skillType,preferredLabel,altLabels,description';
const esco = (name: string, label: string, alternatives = ''): string => `K,http://esco.test/${name},skill,${label},${alternatives},`;

describe('loading a list of topics', () => {
  let folder: string;
  let stored: Map<string, TopicToStore>;
  let bad: BadRow[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-topics-'));
    [stored, bad] = [new Map(), []];
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const file = (name: string, ...lines: readonly string[]): string => {
    const path = join(folder, name);
    writeFileSync(path, lines.join('\n'));
    return path;
  };
  const load = (path: string) => {
    const store = async (topics: readonly TopicToStore[]): Promise<number> => {
      const changed = topics.filter((topic) => JSON.stringify(stored.get(`${topic.uri} ${topic.language}`)) !== JSON.stringify(topic));
      for (const topic of topics) stored.set(`${topic.uri} ${topic.language}`, topic);
      return changed.length;
    };
    return importTopics({ store }, path, { onBad: (row) => bad.push(row) });
  };

  it('takes a folder of ESCO’s files in both languages, with alternative labels on lines of one cell', async () => {
    file('skills_fr.csv', `\ufeff${ESCO}`, esco('a', 'gérer le courrier', '"trier les plis\nventiler"'), esco('b', 'souder'));
    file('skills_en-us.csv', ESCO, esco('a', 'manage mail', '"sort mail\n\nsort mail"'));
    file('skills_de.csv', ESCO, esco('a', 'Post verwalten'));
    file('broaderRelations.csv', 'x,y', '1,2');
    expect(await load(folder)).toEqual({ files: 2, rows: 3, changed: 3, bad: 0 });
    expect(stored.get('http://esco.test/a fr')?.alternatives).toEqual(['trier les plis', 'ventiler']);
    expect(stored.get('http://esco.test/a en')).toMatchObject({ label: 'manage mail', alternatives: ['sort mail'] });
  });

  it('changes nothing when the same list is loaded again', async () => {
    const path = file('skills_fr.csv', ESCO, esco('a', 'souder'));
    await load(path);
    expect(await load(path)).toEqual({ files: 1, rows: 1, changed: 0, bad: 0 });
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
    expect(await load(path)).toEqual({ files: 1, rows: 2, changed: 2, bad: 4 });
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

  it.each([
    ['a missing file', () => join('/', 'nowhere', 'at-all.csv'), /There is no file or folder/],
    ['a folder without lists', () => folder, /holds no file named skills_/],
    ['a file without its columns', () => file('own.csv', 'uri,label', 'a,b'), /lacks the column language/],
    ['an empty file', () => file('own.csv'), /is empty/],
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
