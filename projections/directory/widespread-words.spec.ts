import { lyon } from '#testing/network-facts';
import { ana } from '#testing/people';
import { offerContent, offerId, profile } from '#testing/content';
import { projected, type Projected } from '#testing/projected';
import { storyteller } from '#testing/histories/story';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { postgresTopics } from '#topics/postgres-topics';
import type { Topics } from '#topics/topics.port';
import { SearchDirectory, SearchDirectoryHandler } from './directory.queries';
import type { DirectoryFilter } from './directory-page';
import { directoryModel } from './directory.table';

/** What each offer says, from the oldest on; of the rest more than are looked at one by one. */
const OFFERS = [
  'Gestion de projet',
  ...Array.from({ length: 40 }, () => 'Gestions de patrimoine'),
  ...Array.from({ length: 3_150 }, (_, index) => (index % 50 === 0 ? 'Gestion des stocks en atelier' : 'Gestion des stocks')),
  ...Array.from({ length: 40 }, () => 'Gestionnaire de paie'),
];
const ids = OFFERS.map((_, index) => offerId(`offer-${index}`));
/** Newest first, of those that say it. */
const saying = (wanted: RegExp) => ids.filter((_, index) => wanted.test(OFFERS[index]!)).reverse();

let db: TestDatabase;
let topics: Topics;
let here: Projected;

beforeAll(async () => {
  db = await testDatabase();
  topics = await postgresTopics(db.pool);
  const { told, events } = storyteller();
  told('MembershipRequested', { memberId: ana, networkId: lyon, profile: profile() }, { on: '2026-01-02' });
  told('MemberEnrolled', { memberId: ana, networkId: lyon }, { on: '2026-01-02' });
  OFFERS.forEach((wording, index) => {
    const content = offerContent({ wording, topic: { text: 'Divers', uri: null }, site: index % 450 === 0 ? 'PAR' : 'LYO' });
    const on = new Date(Date.UTC(2026, 0, 3) + index * 60_000).toISOString();
    told('OfferPublished', { offerId: ids[index]!, memberId: ana, networkId: lyon, content }, { on });
  });
  here = await projected([directoryModel], events);
}, 120_000);
afterAll(async () => {
  await here.end();
  await db.drop();
});

const allPages = async (filter: DirectoryFilter): Promise<readonly string[]> => {
  const handler = new SearchDirectoryHandler(here.store, topics);
  const found: string[] = [];
  for (let cursor: string | undefined; ;) {
    const page = { limit: 150, labels: 'fr' as const, ...(cursor === undefined ? {} : { cursor }) };
    const { entries, next } = await handler.execute(new SearchDirectory(lyon, filter, page));
    found.push(...entries.map(({ id }) => id));
    if (next === null) return found;
    cursor = next;
  }
};

describe('words that nearly all entries hold', () => {
  it('come as written, then in their forms, then begun with, the newest first on all pages (case 44)', async () => {
    expect(await allPages({ text: 'gestion' })).toEqual([...saying(/Gestion\b/), ...saying(/Gestions/), ...saying(/Gestionnaire/)]);
  });

  it('come in the form that there is, where nobody wrote them as they were typed (case 44)', async () => {
    expect(await allPages({ text: 'stock' })).toEqual(saying(/stocks/));
    expect(await allPages({ text: 'gestoin stocks' })).toEqual(saying(/stocks/));
  });

  it('are found beside one that few hold, and without it (case 44)', async () => {
    expect(await allPages({ text: 'gestion atelier' })).toEqual(saying(/atelier/));
    expect(await allPages({ text: 'gestion projet' })).toEqual(saying(/projet/));
    expect(await allPages({ text: 'stocks -atelier' })).toEqual(saying(/stocks$/));
  });

  it('are found at a site that few name (case 44)', async () => {
    const atParis = new Set(ids.filter((_, index) => index % 450 === 0));
    expect(await allPages({ text: 'gestion', site: 'PAR' })).toEqual([...saying(/Gestion\b/)].filter((id) => atParis.has(id)));
  });
});
