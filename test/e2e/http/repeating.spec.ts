import { faultyLog, type Fate } from '#application/dispatch/faulty-log.fixture';
import { START } from '#event-store/log.port';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { entering } from '../harness/entering';

describe('commands that come again, and answers that are known (R22)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let ana: Person;
  let me: string;

  const eventsOf = async (type: string): Promise<number> => {
    let count = 0;
    for await (const event of world.installation.log.readAll({ after: START, filter: { types: [type] } }))
      if (event.stream === `member-${me}`) count++;
    return count;
  };

  beforeAll(async () => {
    world = await startApi();
    ana = await world.person('ana');
    const lou = await world.person('lou', ['network-lead']);
    await lou.post('', { label: 'Lyon' });
    await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } });
    const { position } = (await ana.post('members', entering('Ana', 'Construire un tableau', 'Parler devant un groupe'))).body;
    me = (await ana.get(`members/me?after=${position}`)).body.member.memberId;
  });
  afterAll(async () => await world?.close());

  it('answers the same key on the same route as the first time', async () => {
    const key = { 'idempotency-key': 'capacity-1' };
    const first = await ana.send('PUT', `members/${me}/capacity`, { capacity: 4 }, key);
    await ana.send('PUT', `members/${me}/capacity`, { capacity: 5 });
    const again = await ana.send('PUT', `members/${me}/capacity`, { capacity: 4 }, key);
    expect(first).toMatchObject({ status: 200, body: { repeated: false } });
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect(again.headers.get('etag')).toBe(first.headers.get('etag'));
    expect(await eventsOf('CapacitySet')).toBe(2);
  });

  it('refuses the same key with another body, and says so (R22, case 11)', async () => {
    const key = { 'idempotency-key': 'reused' };
    const { position } = (await ana.send('PUT', `members/${me}/capacity`, { capacity: 6 }, key)).body;
    const reused = await ana.send('PUT', `members/${me}/capacity`, { capacity: 2 }, key);
    expect(reused).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused', rule: 'R22' } });
    expect((await ana.get(`members/me?after=${position}`)).body.member.capacity).toBe(6);
    // Said before anything in the body is read for what it says, however odd it is.
    expect((await ana.send('PUT', `members/${me}/capacity`, { capacity: 6, odd: '\ud800' }, key)).status).toBe(400);
  });

  it('refuses the same key for another person’s entry; for who has an id here it is another command (R22, case 11)', async () => {
    const fay = await world.person('fay', ['facilitator']);
    const key = { 'idempotency-key': 'fair' };
    const entry = (subject: string) => {
      const { profile, offers, requests } = entering('Zoe', 'Construire un tableau', 'Parler devant un groupe');
      const undeclared = (all: readonly object[]) => all.map((one) => ({ ...one, declaredProfessional: false }));
      return { subject, profile, entry: 'fair', offers: undeclared(offers), requests: undeclared(requests) };
    };
    const asked = (subject: string) => fay.post('members/on-behalf', entry(subject), key);
    const first = await asked('zoe');
    expect(first).toMatchObject({ status: 200, body: { repeated: false } });
    expect(await asked('zoe')).toMatchObject({ status: 200, body: { ...first.body, repeated: true } });
    expect(await asked('yan')).toMatchObject({ status: 422, body: { code: 'idempotency-key-reused', rule: 'R22' } });
    await (await world.person('xia')).get('members/me');
    const other = await asked('xia');
    expect(other).toMatchObject({ status: 200, body: { repeated: false } });
    expect(other.body.memberId).not.toBe(first.body.memberId);
    expect(await asked('xia')).toMatchObject({ status: 200, body: { ...other.body, repeated: true } });
  });

  it('takes no second entry of somebody enrolled for done (R22, case 11)', async () => {
    const again = await ana.post('members', entering('Ana', 'Lire une carte', 'Nager'));
    expect(again).toMatchObject({ status: 409, body: { code: 'already-enrolled', rule: 'R22' } });
  });

  it('takes the same key on another route, and of another person, for another command', async () => {
    const key = { 'idempotency-key': 'same-key' };
    const until = new Date(Date.now() + 86_400_000).toISOString();
    expect((await ana.post(`members/${me}/pause`, { until }, key)).body).toMatchObject({ repeated: false });
    expect((await ana.post(`members/${me}/resume`, {}, key)).body).toMatchObject({ repeated: false });
    expect(await eventsOf('MemberResumed')).toBe(1);
    const bo = await world.person('bo');
    const body = entering('Bo', 'Préparer une réunion', 'Lire un bilan');
    expect((await bo.post('members', body, key)).body).toMatchObject({ repeated: false });
  });

  it('writes one event when ten identical requests race', async () => {
    const before = await eventsOf('CapacitySet');
    const key = { 'idempotency-key': 'race' };
    const one = () => ana.send('PUT', `members/${me}/capacity`, { capacity: 7 }, key);
    const answers = (await Promise.allSettled(Array.from({ length: 10 }, one))).map((settled) =>
      settled.status === 'fulfilled' ? settled.value : settled,
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 10 }, () => 200));
    expect(new Set(answers.map((answer) => ('body' in answer ? answer.body.position : answer))).size).toBe(1);
    expect(answers.filter((answer) => 'body' in answer && !answer.body.repeated)).toHaveLength(1);
    expect(await eventsOf('CapacitySet')).toBe(before + 1);
  });

  it('publishes one offer when ten identical publications race: they name the same offer', async () => {
    const [offer] = entering('Ana', 'Lire un plan', 'x').offers;
    const answers = await Promise.all(
      Array.from({ length: 10 }, () => ana.post('offers', { content: offer }, { 'idempotency-key': 'publish' })),
    );
    expect(new Set(answers.map(({ body }) => body.offerId)).size).toBe(1);
    const { entries } = (await ana.get(`members/me?after=${answers[0]!.body.position}`)).body;
    expect(entries.filter(({ content }: { content: { wording: string } }) => content.wording === 'Lire un plan')).toHaveLength(1);
  });

  it.each<[Fate, boolean]>([
    ['answer-lost', true],
    ['append-lost', false],
  ])('answers 503 where the log does not answer (%s), and the same key later does it once', async (fate, wasDone) => {
    const { ports } = world.installation;
    const log = faultyLog(ports.log, [fate, fate]);
    const url = await world.also({}, {}, { ports: { ...ports, log, retryDelays: [1] } });
    const person = await world.person('ana', ['member'], world.networkId, url);
    const before = await eventsOf('CapacitySet');
    const key = { 'idempotency-key': `unknown-${fate}` };
    const give = () => person.send('PUT', `members/${me}/capacity`, { capacity: wasDone ? 8 : 9 }, key);
    const unknown = await give();
    expect(unknown).toMatchObject({ status: 503, body: { code: 'unknown-outcome' } });
    expect(unknown.headers.get('retry-after')).toBe('1');
    expect(await give()).toMatchObject({ status: 200, body: { repeated: wasDone } });
    expect(await eventsOf('CapacitySet')).toBe(before + 1);
  });

  it('answers 304 to who has one’s own page already, and the page once it changed', async () => {
    const first = await ana.get(`members/me?after=${await world.installation.log.head()}`);
    const etag = first.headers.get('etag')!;
    expect(first.headers.get('cache-control')).toBe('private, no-cache');
    const known = await ana.get('members/me', { 'if-none-match': `"other", W/${etag}` });
    expect(known).toMatchObject({ status: 304, body: null });
    expect(known.headers.get('etag')).toBe(etag);
    const { position } = (await ana.send('PUT', `members/${me}/capacity`, { capacity: 3 })).body;
    const changed = await ana.get(`members/me?after=${position}`, { 'if-none-match': etag });
    expect(changed).toMatchObject({ status: 200, body: { member: { capacity: 3 } } });
  });

  it('counts requests by person, not by address: 429 says when to come again', async () => {
    const url = await world.also({ SAVOIRS_REQUESTS_PER_MINUTE: '5' });
    const [one, other] = await Promise.all(['ana', 'bo'].map((name) => world.person(name, ['member'], world.networkId, url)));
    const statuses: number[] = [];
    for (let index = 0; index < 5; index++) statuses.push((await one!.get('topics?text=tableau')).status);
    expect(statuses).toEqual([200, 200, 200, 200, 200]);
    const refused = await one!.get('members/me');
    expect(refused).toMatchObject({ status: 429, body: { code: 'too-many-requests', instance: expect.any(String) } });
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    expect((await other!.get('topics?text=tableau')).status).toBe(200);
  });
});
