import { openApiDocument } from '#apps/api/openapi/document';
import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { entering } from '../harness/entering';

describe('who is who, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, lou, pam, aud]: Person[] = [];
  let [me, later]: string[] = [];

  const fitting = (method: string, path: string, answer: HttpAnswer): HttpAnswer => {
    const asked = { method, path: `/networks/${world.networkId}/${path}`, body: ok(answer).body };
    expect(departures(openApiDocument(world.api), asked)).toEqual([]);
    return answer;
  };

  beforeAll(async () => {
    world = await startApi();
    ana = await world.person('ana');
    lou = await world.person('lou', ['network-lead']);
    pam = await world.person('pam', ['data-protection-officer']);
    aud = await world.person('aud', ['auditor']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    const { position } = ok(await ana.post('members', entering('Ana', 'Construire un tableau', 'Parler devant un groupe'))).body;
    me = ok(await ana.get(`members/me?after=${position}`)).body.member.memberId;
    const { ports } = world.installation;
    const clock = { now: () => new Date(Date.now() + 200 * 86_400_000).toISOString() as Instant };
    later = await world.also({}, {}, { ports: { ...ports, clock } });
  }, 60_000);
  afterAll(async () => await world?.close());

  it('lists dormant members to a facilitator, by name, and to nobody else', async () => {
    const now = await world.person('fay', ['facilitator']);
    expect(fitting('get', 'members/dormant', await now.get('members/dormant')).body.members).toEqual([]);
    const fay = await world.person('fay', ['facilitator'], world.networkId, later);
    const { body } = fitting('get', 'members/dormant', await fay.get('members/dormant?limit=1'));
    expect(body).toMatchObject({ members: [{ memberId: me, name: 'Ana', status: 'enrolled' }], next: null });
    const others = ['member', 'network-lead', 'hr', 'auditor', 'dashboard', 'operator', 'data-protection-officer'] as const;
    for (const role of others) expect((await (await world.person(`only-${role}`, [role])).get('members/dormant')).status).toBe(403);
  });

  it('finds members by name for a facilitator and a network lead, and for nobody else', async () => {
    const fay = await world.person('fay', ['facilitator']);
    for (const person of [fay, lou!]) {
      const { body } = fitting('post', 'members/search', await person.post('members/search', { name: 'ana' }));
      expect(body).toMatchObject({ members: [{ memberId: me, name: 'Ana', status: 'enrolled' }], next: null });
    }
    expect((await fay.post('members/search', { name: '-' })).status).toBe(400);
    const others = ['member', 'hr', 'auditor', 'dashboard', 'operator', 'data-protection-officer'] as const;
    for (const role of others)
      expect((await (await world.person(`only-${role}`, [role])).post('members/search', { name: 'ana' })).status).toBe(403);
  });

  it('tells an identity to auditor and data protection officer, each look-up recorded with its motive', async () => {
    const identity = `members/${me}/identity`;
    for (const person of [aud!, pam!])
      expect(fitting('post', identity, await person.post(identity, { motive: 'Demande du juge' })).body.member).toEqual({
        ...{ memberId: me, status: 'enrolled', name: 'Ana', email: 'ana@example.org' },
      });
    expect((await aud!.post(identity, { motive: '   ' })).status).toBe(400);
    expect((await lou!.post(identity, { motive: 'Curiosité' })).status).toBe(403);
    const recorded: RecordedEvent[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['PersonalDataAccessed'] } }))
      recorded.push(world.installation.codec.decode(stored));
    expect(recorded.map(({ data, meta }) => [meta.actor.role, data])).toEqual([
      ['auditor', expect.objectContaining({ purpose: 'identity', subject: `member-${me}` })],
      ['data-protection-officer', expect.objectContaining({ purpose: 'identity', subject: `member-${me}` })],
    ]);
  });

  it('knows nobody of another network by their id (R23)', async () => {
    const elsewhere = '11111111-1111-4111-8111-111111111111';
    const lead = await world.person('lou', ['network-lead'], elsewhere);
    ok(await lead.post('', { label: 'Lille' }));
    const stranger = await world.person('aud', ['auditor'], elsewhere);
    expect((await stranger.post(`members/${me}/identity`, { motive: 'Demande du juge' })).body).toMatchObject({ code: 'member-not-found' });
  });

  it('names the mediators to whoever plans a connection (R9)', async () => {
    ok(await lou!.send('PUT', `mediators/${me}`));
    expect(fitting('get', 'mediators', await ana!.get('mediators')).body.mediators).toEqual([{ memberId: me, name: 'Ana' }]);
  });
});
