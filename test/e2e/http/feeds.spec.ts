import { openFeed, type Feed, type ResumePoint } from '#feed-client/feed-client';
import type { Frame } from '#feed-client/frames';
import { matchQueue } from '#projections/match-queue/match-queue.projection';
import { startApi } from '../harness/api-under-test';
import { eventually, ok } from '../harness/asking';
import { entering } from '../harness/entering';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

type Wait = { readonly who: string; readonly why: string };
type Figure = { readonly indicator: string; readonly cell: string | null; readonly n: number; readonly denominator: number | null };
type Queued = { readonly kind: string; readonly id: string; readonly waits: readonly Wait[] };

const { version } = matchQueue;

describe('live feeds', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  const feeds: Feed<unknown>[] = [];
  const iterators = new WeakMap<object, AsyncIterator<unknown>>();

  beforeAll(async () => {
    world = await startApi({ SAVOIRS_FEED_HEARTBEAT_SECONDS: '1', SAVOIRS_FEEDS_PER_IDENTITY: '3', SAVOIRS_REQUESTS_PER_MINUTE: '100000' });
    held = await heldExchange(world);
  });
  afterEach(() => feeds.splice(0).forEach((feed) => feed.close()));
  afterAll(() => world?.close());

  const tokenOf = async (role: string, subject = `a ${role}`): Promise<string> => {
    const { developmentIdentities } = await import('#apps/installation/development-identities');
    return (await developmentIdentities(world.installation.settings)).token(subject, { [world.networkId]: [role as never] });
  };
  const opened = async <Value>(name: string, role: string, resumeFrom?: ResumePoint<Value> | null): Promise<Feed<Value>> => {
    const url = `${world.url}/networks/${world.networkId}/feeds/${name}`;
    const feed = openFeed<Value>({ url, token: await tokenOf(role), ...(resumeFrom ? { resumeFrom } : {}) });
    feeds.push(feed as Feed<unknown>);
    return feed;
  };
  /** Reads until a frame is the one; answers those read. */
  const until = async <Value>(feed: Feed<Value>, is: (frame: Frame<Value>) => boolean): Promise<readonly Frame<Value>[]> => {
    const read: Frame<Value>[] = [];
    // `for await` would close the feed when left
    const frames = (iterators.get(feed) ?? feed[Symbol.asyncIterator]()) as AsyncIterator<Frame<Value>>;
    iterators.set(feed, frames);
    for (;;) {
      const { value, done } = await frames.next();
      if (done) throw new Error('the feed ended');
      read.push(value);
      if (is(value)) return read;
    }
  };
  const report = async (): Promise<{ readonly incidentId: string }> =>
    ok(await held.bo.post('incidents', { kind: 'behaviour', text: 'Un retard' })).body;
  const isComplete = ({ type, ...frame }: Frame<unknown>): boolean => type === 'snapshot' && 'complete' in frame && frame.complete;

  it('tells a facilitator what waits, and then what changes, and goes on after the last event', async () => {
    const first = await opened<Queued>('match-queue', 'facilitator');
    await until(first, isComplete);
    const { incidentId } = await report();
    await until(first, () => first.state.get(`incident/${incidentId}`)?.waits[0]?.why === 'assess-incident');
    const resumed = await opened<Queued>('match-queue', 'facilitator', first.resumePoint);
    const other = await report();
    const read = await until(resumed, ({ type }) => type === 'delta');
    expect(read.map(({ type }) => type).filter((type) => type !== 'heartbeat')).toEqual(['delta']);
    // what nobody told again is known, too
    expect([...resumed.state.keys()].sort()).toEqual([...first.state.keys(), `incident/${other.incidentId}`].sort());
    expect(resumed.state.get(`incident/${other.incidentId}`)).toMatchObject({ kind: 'incident', id: other.incidentId });
  });

  it('tells a facilitator neither who evaluates nor when, as the queue and the exchange do not (R15, case 27)', async () => {
    const { exchangeId, ids, ana, bo } = held;
    const fay = await world.person('fay', ['facilitator']);
    const seen = async (after: string) => {
      const { items } = ok(await fay.get(`match-queue?after=${after}`)).body;
      const { body, headers } = ok(await fay.get(`exchanges/${exchangeId}?after=${after}`));
      return { items: items.filter(({ id }: { id: string }) => id === exchangeId), exchange: body.exchange, etag: headers.get('etag') };
    };
    const waits = async (person: typeof ana) =>
      ok(await person.get('match-queue')).body.items.map(({ who, why }: Wait) => `${who}: ${why}`);
    const feed = await opened<Queued>('match-queue', 'facilitator');
    await until(feed, isComplete);
    const before = await seen(await world.installation.log.head());
    expect(before.items).toMatchObject([{ who: 'participants', why: 'evaluate', name: null, overdue: false }]);
    expect(await waits(bo)).toContain(`${ids.bo}: evaluate`);
    for (const [person, own] of [
      [ana, {}],
      [bo, { usable: 4 }],
    ] as const) {
      const form = { overall: 5, criteria: held.criteria, again: true, ...own };
      const { position } = ok(await person.post(`exchanges/${exchangeId}/evaluation`, form)).body;
      expect(await seen(position)).toEqual(before);
    }
    expect(await waits(bo)).toEqual([]);
    expect(ok(await bo.get(`exchanges/${exchangeId}`)).body.exchange.status).toBe('closed');
    const { incidentId } = await report();
    const read = await until(feed, () => feed.state.has(`incident/${incidentId}`));
    const changed = read.flatMap((frame) => ('changes' in frame ? frame.changes.map(({ key }) => key) : []));
    expect(changed.filter((key) => !key.startsWith('incident/'))).toEqual([]);
    const guess = { 'if-match': '"0"' };
    expect(
      (await fay.post(`exchanges/${exchangeId}/disputes/${incidentId}/settlement`, { outcome: 'closed', text: 'Non' }, guess)).body,
    ).toMatchObject({
      code: 'dispute-not-found',
    });
  });

  it('tells of no other network (R23), and of no text', async () => {
    const other = '00000000-0000-4000-8000-0000000000aa';
    const lead = await world.person('other lead', ['network-lead'], other);
    ok(await lead.post('', { label: 'Lille' }));
    ok(await lead.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    const url = `${world.url}/networks/${other}/feeds/match-queue`;
    const { developmentIdentities } = await import('#apps/installation/development-identities');
    const identities = await developmentIdentities(world.installation.settings);
    const token = await identities.token('facilitator', { [other]: ['facilitator'] });
    const feed = openFeed<Queued>({ url, token });
    feeds.push(feed as Feed<unknown>);
    const read = await until(feed, ({ type }) => type === 'heartbeat');
    expect(read.filter(isComplete)).toMatchObject([{ items: [] }]);
    const own = await opened<Queued>('match-queue', 'facilitator');
    await until(own, isComplete);
    expect(JSON.stringify([...own.state])).not.toMatch(/"ref"|Tableaux|Salle/);
  });

  it('tells the figures of risk as its query answers them, anew when they change', async () => {
    const feed = await opened<Figure>('risk', 'dashboard');
    await until(feed, isComplete);
    const lead = await world.person('lou', ['network-lead']);
    const { figures } = ok(await lead.get('risk')).body;
    // days go on by themselves
    const counted = (all: readonly Figure[]) => all.map(({ indicator, cell, n, denominator }) => ({ indicator, cell, n, denominator }));
    expect(counted([...feed.state.values()])).toEqual(counted(figures));
    const cy = await world.person('cy');
    ok(await cy.post('members', entering('Cy', 'Tenir un tableau', 'Lire un plan')));
    const members = counted(figures).find(({ indicator }) => indicator === 'dormancy')!.denominator!;
    await until(feed, () => feed.state.get('dormancy/network')?.denominator === members + 1);
  });

  it('says nothing again to who comes back and knows the figures', async () => {
    const first = await opened('satisfaction?by=site', 'auditor');
    await until(first, isComplete);
    const resumed = await opened('satisfaction?by=site', 'auditor', first.resumePoint);
    expect((await until(resumed, () => true)).map(({ type }) => type)).toEqual(['heartbeat']);
  });

  it('tells hours of months that are over, and only keys that begin as asked', async () => {
    const year = new Date().getUTCFullYear();
    const days = `from=${year - 1}-01-01&to=${year + 1}-12-31`;
    const hr = await world.person('hal', ['hr']);
    await eventually(async () => {
      const { months } = ok(await hr.get(`training-hours/months?${days}`)).body;
      return months.some(({ learnerMinutes }: { learnerMinutes: number }) => learnerMinutes === 60);
    });
    // a month that is not over tells of one person, to whom a feed tells it twice (R15)
    const feed = await opened<{ learnerMinutes: number }>(`training-hours?${days}`, 'dashboard');
    const told = await until(feed, isComplete);
    expect(told.map(({ type }) => type)).toEqual(['snapshot']);
    expect([...feed.state.keys()]).toEqual([]);
    const none = await opened('match-queue?prefix=match/', 'facilitator');
    await until(none, isComplete);
    expect([...none.state.keys()].every((key) => key.startsWith('match/'))).toBe(true);
  });

  it('tells an operator how far builds are, and when another one serves', async () => {
    const feed = await opened<{ readonly serves: string }>('projections?prefix=match-queue/', 'operator');
    await until(feed, isComplete);
    expect([...feed.state.keys()]).toEqual([`match-queue/${version}/1`]);
    const queue = await opened<Queued>('match-queue', 'facilitator');
    await until(queue, isComplete);
    const before = [...queue.state];
    await world.installation.builds.rebuild({ name: 'match-queue', byHand: false }).run();
    await until(feed, () => feed.state.get(`match-queue/${version}/2`)?.serves === 'active');
    const read = await until(queue, isComplete);
    expect(read.map(({ type }) => type).filter((type) => type !== 'heartbeat')).toEqual(['version-switched', 'snapshot']);
    expect(read.find(({ type }) => type === 'version-switched')).toMatchObject({ version, build: 2 });
    expect([...queue.state].sort()).toEqual(before.sort());
  });

  it('refuses an id of another log with 410, and one that is none with 400', async () => {
    const { get } = await world.person('fay', ['facilitator']);
    const strange = await get('feeds/match-queue', { 'last-event-id': '00000000000000000001.deadbeef.1' });
    expect(strange).toMatchObject({ status: 410, body: { code: 'another-log' } });
    expect(await get('feeds/match-queue', { 'last-event-id': 'yesterday' })).toMatchObject({ status: 400, body: { code: 'malformed' } });
    // the client asks again without it, and says so
    const feed = await opened('match-queue', 'facilitator', { lastEventId: '00000000000000000001.deadbeef.1', state: [] });
    expect((await until(feed, isComplete))[0]).toEqual({ type: 'reset', reason: 'another-log' });
  });

  it('begins anew, and says so, where what came since is no longer kept', async () => {
    const first = await opened<Queued>('match-queue', 'facilitator');
    await until(first, isComplete);
    await world.installation.pool.query(
      `insert into read.change_floor select id, repeat('9', 20) from read.projection on conflict (projection) do update set position = excluded.position`,
    );
    const resumed = await opened<Queued>('match-queue', 'facilitator', {
      ...first.resumePoint!,
      lastEventId: first.lastEventId!.replace(/^\d{20}/, '0'.repeat(20)),
    });
    const read = await until(resumed, isComplete);
    expect(read.map(({ type }) => type)).toEqual(['reset', 'snapshot']);
    await world.installation.pool.query('delete from read.change_floor');
  });

  it('begins anew for everybody, once, where rows were mended at a position that was told', async () => {
    const feed = await opened<Queued>('match-queue', 'facilitator');
    await until(feed, isComplete);
    const before = feed.resumePoint;
    await world.installation.pool.query(`update read.projection set mended = mended + 1 where name = 'match-queue'`);
    const read = await until(feed, isComplete);
    expect(read.map(({ type }) => type).filter((type) => type !== 'heartbeat')).toEqual(['reset', 'snapshot']);
    const [resumed, known] = [
      await opened<Queued>('match-queue', 'facilitator', before),
      await opened<Queued>('match-queue', 'facilitator', feed.resumePoint),
    ];
    expect((await until(resumed, isComplete)).map(({ type }) => type)).toEqual(['reset', 'snapshot']);
    expect((await until(known, () => true)).map(({ type }) => type)).toEqual(['heartbeat']);
  });

  it('keeps each identity to its number of feeds, and gives a place back', async () => {
    const three = [await opened('risk', 'dashboard'), await opened('risk', 'dashboard'), await opened('risk', 'dashboard')];
    for (const feed of three) await until(feed, isComplete);
    const again = await opened('risk', 'dashboard');
    for (const feed of three) feed.close();
    await until(again, isComplete);
    const metrics = await (await fetch(`${world.url}/metrics`)).text();
    expect(metrics).toMatch(/savoirs_feeds_open\{feed="risk"\} 1\b/);
    expect(metrics).toMatch(/savoirs_feeds_ended_total\{feed="risk",reason="client"\} \d/);
  });
});

describe('the end of a feed', () => {
  const open = async (world: Awaited<ReturnType<typeof startApi>>, at: string): Promise<string> => {
    const { developmentIdentities } = await import('#apps/installation/development-identities');
    const identities = await developmentIdentities(world.installation.settings);
    const token = await identities.token('fay', { [world.networkId]: ['facilitator'] });
    const { body } = await fetch(`${at}/networks/${world.networkId}/feeds/match-queue`, { headers: { authorization: `Bearer ${token}` } });
    let text = '';
    for await (const chunk of body!) text += Buffer.from(chunk).toString();
    return text;
  };

  it('comes with the end of its token', async () => {
    // tokens last twelve hours, and thirty seconds of difference are forgiven
    const clock = { now: () => new Date(Date.now() + 12 * 3_600_000 + 29_000).toISOString() as never };
    const world = await startApi({}, {}, { clock });
    try {
      expect(await open(world, world.url)).toMatch(/event: end\ndata: {"reason":"token-expired"}\n\n$/);
    } finally {
      await world.close();
    }
  });

  it('comes when the server stops, and does not keep it waiting', async () => {
    const world = await startApi();
    try {
      const text = open(world, world.url);
      await eventually(async () => /savoirs_feeds_open\{feed="match-queue"\} 1/.test(await (await fetch(`${world.url}/metrics`)).text()));
      await world.api.close();
      expect(await text).toMatch(/event: end\ndata: {"reason":"stopping"}\n\n$/);
    } finally {
      await world.close();
    }
  });
});
