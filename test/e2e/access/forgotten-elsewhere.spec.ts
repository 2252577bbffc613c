import type { Instant } from '#kernel/id';
import type { StoredEvent } from '#event-store/log.port';
import { openInstallation, type Installation } from '#apps/installation/installation';
import { offerContent } from '#testing/content';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';

const CONTENT = offerContent({ topic: { text: 'Tableaux croisés dynamiques', uri: 'urn:savoirs:topic:spreadsheet-pivot-tables' } });

/** Long enough for what one process may still know of somebody whom another one has forgotten. */
const MINUTE = 60_000;

describe('a person whom another process has just forgotten', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let elsewhere: Installation;
  let ana: Person;
  let past = 0;

  beforeAll(async () => {
    const clock = { now: () => new Date(Date.now() + past).toISOString() as Instant };
    world = await startApi({}, {}, { clock });
    elsewhere = await openInstallation(world.installation.settings, { warn: () => undefined });
    expect((await (await world.person('lou', ['network-lead'])).post('', { label: 'Lyon' })).status).toBe(200);
    ana = await world.person('ana');
  }, 60_000);
  afterAll(async () => {
    await elsewhere?.close();
    await world?.close();
  });

  const drafted = async (): Promise<StoredEvent> => {
    const { status, body } = await ana.post('offers/drafts', { content: CONTENT });
    expect(status).toBe(200);
    for await (const event of world.installation.log.readStream(`offer-${body.offerId}` as never)) return event;
    throw new Error('nothing was written');
  };
  const authorOf = (event: StoredEvent): string => (JSON.parse(event.meta) as { actor: { id: string } }).actor.id;
  const wordingOf = async (event: StoredEvent): Promise<unknown> =>
    ((await elsewhere.codec.reveal(event)).data as { content: { wording: string } }).content.wording;

  it('is who they were for less than a minute here, and whatever they write then is sealed by the key that is gone (R19)', async () => {
    // the first request gives an id, the second one finds it
    await drafted();
    const before = await drafted();
    const id = authorOf(before);
    expect(await wordingOf(before)).toBe(CONTENT.wording);

    await elsewhere.keys.eraseMember(world.networkId, id);
    await elsewhere.keys.forget(world.networkId, id);
    const meanwhile = await drafted();
    expect([authorOf(meanwhile), await wordingOf(meanwhile), await wordingOf(before)]).toEqual([id, 'erased', 'erased']);
  });

  it('is somebody new after it, whom nothing joins to who they were (R19)', async () => {
    const id = authorOf(await drafted());
    past = MINUTE;
    const after = await drafted();
    expect(authorOf(after)).not.toBe(id);
    expect(await wordingOf(after)).toBe(CONTENT.wording);
    expect(await elsewhere.keys.find(world.networkId, 'ana')).toBe(authorOf(after));
  });
});
