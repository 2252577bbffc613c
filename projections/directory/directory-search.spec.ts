import { importTopics } from '#apps/cli/data/topics-input';
import { offerWordings } from '#apps/demo/texts';
import type { Language } from '#domain/vocabulary';
import type { ReadStore } from '#read-store/read-store.port';
import { SEARCHES, SKILLS, type Expected } from '#search/searches.fixture';
import { offerContent, offerId, profile } from '#testing/content';
import { escoBeside } from '#testing/esco';
import { lyon } from '#testing/network-facts';
import { ana, bo } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { postgresTopics } from '#topics/postgres-topics';
import { starterTopicRows, starterTopics } from '#topics/starter-topics';
import type { Topics } from '#topics/topics.port';
import { SearchDirectory, SearchDirectoryHandler, type DirectoryPage } from './directory.queries';
import { directoryModel } from './directory.table';

let db: TestDatabase;
let topics: Topics;
let here: Projected;

/** The demo's offers, one for each topic of the starter list, and the skills of the table among them. */
const published = () => {
  const { told, events } = storyteller();
  for (const memberId of [ana, bo]) {
    told('MembershipRequested', { memberId, networkId: lyon, profile: profile() }, { on: '2026-01-02' });
    told('MemberEnrolled', { memberId, networkId: lyon }, { on: '2026-01-02' });
  }
  const offer = (id: string, wording: string, topic: { text: string; uri: string | null }, memberId = ana) =>
    told(
      'OfferPublished',
      { offerId: offerId(id), memberId, networkId: lyon, content: offerContent({ wording, topic }) },
      { on: '2026-02-01' },
    );
  starterTopics.forEach(({ uri, fr }, index) => {
    const wording = offerWordings.fr[index % offerWordings.fr.length]!.replace('%', fr.toLowerCase());
    offer(`demo-${index}`, wording, { text: fr, uri }, bo);
  });
  SKILLS.forEach((skill, index) => offer(`skill-${index}`, skill, { text: 'Divers', uri: null }));
  return events;
};

beforeAll(async () => {
  db = await testDatabase();
  topics = await postgresTopics(db.pool);
  await topics.store(starterTopicRows);
  const esco = escoBeside();
  if (esco !== null) await importTopics(topics, esco);
  await topics.store(SKILLS.map((label, index) => ({ uri: `urn:skill:${index}`, language: 'fr', label, alternatives: [] })));
  here = await projected([directoryModel], published());
}, 300_000);
afterAll(async () => {
  await here.end();
  await db.drop();
});

const ask = (text: string, page: { limit: number; cursor?: string; labels?: Language } = { limit: 400 }): Promise<DirectoryPage> =>
  new SearchDirectoryHandler(here.store as ReadStore, topics).execute(new SearchDirectory(lyon, { text }, { labels: 'fr', ...page }));

const isSkill = (text: string | null): text is string => (SKILLS as readonly (string | null)[]).includes(text);
const inDirectory = async (text: string): Promise<readonly string[]> =>
  (await ask(text)).entries.map(({ wording }) => wording).filter(isSkill);
const inTopics = async (text: string): Promise<readonly string[]> =>
  (await topics.search(text, 'fr', 2_000)).filter(({ uri }) => uri.startsWith('urn:skill:')).map(({ label }) => label);

const differences = ({ search, first, never, only }: Expected, found: readonly string[]): readonly string[] => {
  const begins = [...found.slice(0, first.length)].sort();
  const wrong = found.filter((one) => (never as readonly string[]).includes(one));
  return [
    ...(JSON.stringify(begins) === JSON.stringify([...first].sort()) ? [] : [`${search}: ${found.slice(0, 6).join(' | ')}`]),
    ...wrong.map((one) => `${search} also found ${one}`),
    ...(only && found.length > first.length ? [`${search} found more: ${found.join(' | ')}`] : []),
  ];
};

const allDifferences = async (find: (text: string) => Promise<readonly string[]>): Promise<readonly string[]> => {
  const all: string[] = [];
  for (const expected of SEARCHES) all.push(...differences(expected, await find(expected.search)));
  return all;
};

describe('searching', () => {
  it('finds in the directory what people call their skills: as written, then forms, then near spellings (case 44)', async () => {
    expect(SEARCHES.length).toBeGreaterThanOrEqual(120);
    expect(await allDifferences(inDirectory)).toEqual([]);
  });

  it('finds topics alike, among ESCO’s where they lie beside this checkout (case 44)', async () => {
    expect(await allDifferences(inTopics)).toEqual([]);
  });

  it('says why stop words alone, or no word at all, find nothing, in the reader’s language (case 44)', async () => {
    expect(await ask('de la')).toMatchObject({
      entries: [],
      next: null,
      hint: { code: 'only-stop-words', message: expect.stringMatching(/^Ces mots/) },
    });
    expect((await ask('the', { limit: 5, labels: 'en' })).hint?.message).toMatch(/^Nearly every/);
    expect((await ask('***')).hint?.code).toBe('no-words');
    expect((await ask('soudure')).hint).toBeUndefined();
  });

  it('leaves out of everything what stands behind a minus alone (case 44)', async () => {
    const found = await inDirectory('-SAP');
    expect(found).toHaveLength(SKILLS.length - 2);
    expect(found).not.toContain('SAP FI');
    expect(found).not.toContain('Comptabilité dans SAP');
  });

  it('finds an offer by its topic’s label in the other language, after those that say it themselves, and leaves it out by that label (case 44)', async () => {
    const wordings = (page: DirectoryPage) => page.entries.map(({ wording }) => wording);
    expect(wordings(await ask('english conversation'))).toEqual([expect.stringContaining('conversation en anglais')]);
    expect((await ask('anglais -english')).entries.map(({ wording }) => wording)).toEqual(['Anglais professionnel']);
    expect((await ask('first aid')).entries.map(({ wording }) => wording)).toEqual([
      'First aid',
      expect.stringContaining('premiers secours'),
    ]);
  });

  it.each(['gestion', 'comptabilité', 'soduure', 'exel', '-SAP'])(
    'pages through “%s” in one order, without gap or repetition (case 44)',
    async (text) => {
      const whole = (await ask(text)).entries.map(({ id }) => id);
      const paged: string[] = [];
      for (let cursor: string | undefined; ;) {
        const page = await ask(text, { limit: 2, ...(cursor ? { cursor } : {}) });
        paged.push(...page.entries.map(({ id }) => id));
        if (page.next === null) break;
        cursor = page.next;
      }
      expect(whole.length).toBeGreaterThan(1);
      expect(paged).toEqual(whole);
    },
  );
});
