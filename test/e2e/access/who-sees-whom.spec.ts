import { openApiDocument } from '#apps/api/openapi/document';
import { openFeed } from '#feed-client/feed-client';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { content, entering } from '../harness/entering';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

/** Cléo's request, by which she chose not to be shown; she says its topic in her own words. */
const SOUGHT = 'Lire un plan de charge';
const topic = { text: 'Plan de charge', uri: null };
const OFFERED = 'Relire un plan de charge';
/** What answers it, on the same topic. */
const offering = { content: content(OFFERED, { topic }) };

describe('who sees whom, over HTTP (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let [cleo, dia, fay]: Person[] = [];
  const ids: Record<string, string> = {};

  const read = async (person: Person, path: string, after?: string): Promise<HttpAnswer['body']> => {
    const { body } = ok(await person.get(after === undefined ? path : `${path}?after=${after}`));
    const asked = { method: 'get', path: `/networks/${world.networkId}/${path}`, body };
    expect({ path, departs: departures(openApiDocument(world.api), asked) }).toEqual({ path, departs: [] });
    return body;
  };
  const page = async (person: Person, matchId: string) =>
    (await read(person, 'members/me')).meetings.find(({ id }: { id: string }) => id === matchId);
  const queued = async (person: Person, matchId: string) =>
    (await read(person, 'match-queue')).items.filter(({ id }: { id: string }) => id === matchId);
  const waiting = (person: Person, matchId: string, why: string) =>
    eventually(async () => (await queued(person, matchId)).find((item: { why: string }) => item.why === why));
  const entry = async (person: Person, kind: string) =>
    (await read(person, 'members/me')).entries.find(
      (one: { kind: string; status: string }) => one.kind === kind && one.status === 'published',
    );
  const enter = async (person: Person, body: object): Promise<string> => {
    const { position } = ok(await person.post('members', body)).body;
    return (await read(person, 'members/me', position)).member.memberId as string;
  };

  beforeAll(async () => {
    world = await startApi({ SAVOIRS_REQUESTS_PER_MINUTE: '100000' });
    held = await heldExchange(world);
    [cleo, dia] = [await world.person('cleo'), await world.person('dia')];
    fay = await world.person('fay', ['facilitator']);
    ids['cleo'] = await enter(cleo, {
      ...entering('Cléo', 'Souder à l’arc', 'x'),
      requests: [content(SOUGHT, { topic, authorShown: false })],
    });
    ids['dia'] = await enter(dia, entering('Dia', 'Lire un bilan', 'Apprendre les tableaux'));
    ids['request'] = (await eventually(() => entry(cleo!, 'request'))).id;
    ids['offer'] = (await eventually(() => entry(held.ana, 'offer'))).id;
  }, 120_000);
  afterAll(async () => await world?.close());

  it('does not tell when a hidden author published, which is when their offer was (§7, case 21)', async () => {
    const { entries } = await eventually(async () => {
      const body = await read(held.ana, 'directory');
      return body.entries.some(({ id }: { id: string }) => id === ids['request']) && body;
    });
    const found = entries.find(({ id }: { id: string }) => id === ids['request']);
    expect(found).toMatchObject({ author: null, publishedAt: expect.stringMatching(/T00:00:00\.000Z$/) });
  });

  it('finds what somebody wrote by who they are where they are shown alone (§7, case 21)', async () => {
    const { entries } = await read(held.ana, 'directory');
    expect(entries.map(({ id }: { id: string }) => id)).toContain(ids['request']);
    const { body } = ok(await held.ana.get(`directory?memberId=${ids['cleo']}`));
    expect(body.entries).toMatchObject([{ kind: 'offer', author: { memberId: ids['cleo'] } }]);
  });

  it('lets those read the directory who entered and have not left, and the network’s staff (§7)', async () => {
    const gil = await world.person('gil');
    const refused = { status: 403, code: 'members-only', rule: 'R1' };
    expect((await gil.get('directory')).body).toMatchObject(refused);
    ok(await fay!.get('directory'));
    const { profile } = entering('Gil', '', '');
    const offers = [content('Greffer un arbre', { declaredProfessional: false })];
    ok(await fay!.post('members/on-behalf', { subject: 'gil', entry: 'fair', profile, offers, requests: [] }));
    await eventually(async () => (await read(gil, 'members/me')).member?.status === 'applied');
    expect((await gil.get('directory')).body).toMatchObject(refused);
    const memberId = await enter(gil, entering('Gil', 'Greffer un arbre', 'Tailler'));
    ok(await gil.get('directory'));
    const { position } = ok(await gil.post(`members/${memberId}/pause`, { until: new Date(Date.now() + 86_400_000).toISOString() })).body;
    ok(await gil.get(`directory?after=${position}`));
    const left = ok(await gil.post(`members/${memberId}/leave`, {})).body;
    expect((await gil.get(`directory?after=${left.position}`)).body).toMatchObject(refused);
  });

  it('does not say that a hidden author and who answers are kept apart (§7, case 21)', async () => {
    const pair = { one: ids['cleo'], other: held.ids.moe, reason: 'À leur demande' };
    ok(await fay!.post('forbidden-pairs', pair));
    const refused = await held.moe.post(`requests/${ids['request']}/answer`, offering);
    expect(refused.body).toMatchObject({ status: 409, code: 'participant-not-available' });
  });

  it('keeps the author of a request hidden from who answers, until they accept (§7, case 21)', async () => {
    const { ana } = held;
    const answered = ok(await ana.post(`requests/${ids['request']}/answer`, offering)).body;
    const { matchId } = answered;
    ids['match'] = matchId;
    await waiting(cleo!, matchId, 'answer-match');
    const before = {
      answered,
      page: await read(ana, 'members/me'),
      queue: await read(ana, 'match-queue'),
      match: await read(ana, `matches/${matchId}`),
      export: await read(ana, 'members/me/export'),
      exchanges: await read(ana, 'exchanges'),
    };
    for (const secret of [ids['cleo']!, 'Cléo', 'cléo']) expect(JSON.stringify(before)).not.toContain(secret);
    const hidden = { role: 'learner', memberId: null, name: null, seen: 'hidden', requestId: ids['request'], wording: SOUGHT };
    expect((await page(ana, matchId)).participants).toEqual([
      expect.objectContaining({ role: 'giver', memberId: held.ids.ana, name: 'Ana', seen: 'named' }),
      expect.objectContaining(hidden),
    ]);
    // Who was asked sees who answered.
    expect((await page(cleo!, matchId)).participants[0]).toMatchObject({ memberId: held.ids.ana, name: 'Ana', seen: 'named' });
    ok(await cleo!.post(`matches/${matchId}/acceptance`));
    const shown = await eventually(async () => {
      const { participants, status } = await page(ana, matchId);
      return status === 'confirmed' && participants[1];
    });
    expect(shown).toMatchObject({ memberId: ids['cleo'], name: 'Cléo', seen: 'named', wording: SOUGHT });
  });

  it('tells a facilitator who waits by name, and no feed tells who has not accepted (§7, cases 17 and 21)', async () => {
    const { id: requestId, content: wanted } = await eventually(() => entry(held.moe, 'request'));
    const answer = { content: content('Commenter un bilan', { topic: wanted.topic }) };
    ids['second'] = ok(await dia!.post(`requests/${requestId}/answer`, answer)).body.matchId;
    await waiting(held.moe, ids['second']!, 'answer-match');
    expect(await waiting(fay!, ids['second']!, 'answer-match')).toMatchObject({ who: held.ids.moe, name: 'Moé' });
    const { developmentIdentities } = await import('#apps/installation/development-identities');
    const token = await (await developmentIdentities(world.installation.settings)).token('fay', { [world.networkId]: ['facilitator'] });
    const feed = openFeed<object>({ url: `${world.url}/networks/${world.networkId}/feeds/match-queue?prefix=match/`, token });
    for await (const frame of feed) if (frame.type === 'snapshot' && 'complete' in frame && frame.complete) break;
    const told = feed.state.get(`match/${ids['second']}`);
    feed.close();
    expect(told).toMatchObject({ waits: [{ who: 'member', why: 'answer-match' }] });
    expect(JSON.stringify(told)).not.toContain(held.ids.moe);
    ok(await held.moe.post(`matches/${ids['second']}/decline`, { reason: 'no-time' }));
  });

  it('shows mediators what waits for one of them, by names and wordings (§7, case 17)', async () => {
    const item = await waiting(held.moe, ids['match']!, 'plan-connection');
    expect(item.participants).toMatchObject([
      { name: 'Ana', wording: OFFERED, topic },
      { name: 'Cléo', wording: SOUGHT, topic },
    ]);
  });

  it('puts mediator, start and place on the page and in the queue of all concerned (R9, case 15)', async () => {
    const start = new Date(Date.now() + 3_600_000).toISOString();
    const match = ids['match']!;
    const planned = { mediatorId: held.ids.moe, start, place: 'Salle 7' };
    const { position } = ok(await fay!.post(`matches/${match}/connection`, planned)).body;
    const met = { start, place: 'Salle 7' };
    const mediator = { memberId: held.ids.moe, name: 'Moé', seen: 'named' };
    await eventually(async () => (await read(held.ana, 'members/me', position)) && (await queued(held.ana, match)).length > 0);
    for (const person of [held.ana, cleo!, held.moe]) {
      expect(await page(person, match)).toMatchObject({ status: 'connection-planned', connection: met, mediator });
      expect(await queued(person, match)).toMatchObject([{ connection: met, mediator }]);
      expect(await read(person, `matches/${match}`)).toMatchObject({ match: { connection: met, mediator } });
    }
    expect((await queued(held.moe, match))[0]).toMatchObject({ why: 'hold-connection', who: held.ids.moe });
    expect((await queued(cleo!, match))[0]).toMatchObject({ why: 'attend-connection', who: ids['cleo'] });
    for (const item of await queued(fay!, match)) expect(item).toMatchObject({ connection: met, mediator });
    const stranger = await dia!.get(`matches/${match}`);
    expect(stranger.body).toMatchObject({ status: 404, code: 'match-not-found' });
  });

  it('lets those read the agreement who must confirm it, and nobody else (R9, case 16)', async () => {
    const request = content('Aller plus loin', { authorShown: false });
    const { matchId } = ok(await held.bo.post(`offers/${ids['offer']}/ask`, { content: request })).body;
    await waiting(held.ana, matchId, 'answer-match');
    ok(await held.ana.post(`matches/${matchId}/acceptance`));
    await waiting(held.bo, matchId, 'record-agreement');
    const start = new Date(Date.now() + 7_200_000).toISOString();
    const written = { content: 'Champs calculés', method: 'Un essai seul', place: 'Salle 3' };
    const criteria = [{ text: 'Bo calcule un écart' }, { text: 'Bo le relit' }];
    ok(await held.bo.post(`matches/${matchId}/agreement`, { ...written, sessions: [{ start, minutes: 45 }], criteria }));
    const agreement = { ...written, sessions: [{ start, minutes: 45 }], criteria };
    expect(await waiting(held.ana, matchId, 'confirm-agreement')).toMatchObject({ agreement });
    for (const person of [held.ana, held.bo]) {
      const shown = await eventually(async () => {
        const found = await page(person, matchId);
        return found.agreement && found;
      });
      expect(shown).toMatchObject({ agreement, awaiting: [held.ids.ana] });
    }
    const facilitated = await read(fay!, `matches/${matchId}`);
    expect([facilitated.match.agreement, facilitated.match.awaiting]).toEqual([null, [held.ids.ana]]);
    for (const item of await queued(fay!, matchId)) expect(item.agreement).toBeNull();
    ok(await held.ana.post(`matches/${matchId}/agreement-confirmation`));
    const exchange = await eventually(async () =>
      (await read(held.ana, 'members/me')).meetings.find(
        (one: { kind: string; agreement: { content: string } }) => one.kind === 'exchange' && one.agreement.content === 'Champs calculés',
      ),
    );
    expect(exchange).toMatchObject({ agreement, mediator: null });
  });

  it('tells who asked why their match was superseded, and a facilitator who proposed it (R11, case 20)', async () => {
    const { matchId } = ok(await dia!.post(`offers/${ids['offer']}/ask`, { content: content('Trier', { authorShown: true }) })).body;
    const superseded = await eventually(async () => {
      const found = await page(dia!, matchId);
      return found?.status === 'superseded' && found;
    });
    expect(superseded.superseded).toEqual({ reason: 'at-capacity', memberId: held.ids.ana });
    const [, { requestId }] = superseded.participants;
    const byHand = ok(await fay!.post('matches', { offerIds: [ids['offer']], requestIds: [requestId] })).body.matchId;
    const match = await eventually(async () => {
      const answer = await fay!.get(`matches/${byHand}`);
      return answer.body.match?.status === 'superseded' && answer.body.match;
    });
    expect(match.superseded).toEqual({ reason: 'at-capacity', memberId: held.ids.ana });
  });

  it('names who took part in an exchange, with what each formalised (§7, case 17)', async () => {
    const { exchanges } = await read(held.bo, 'exchanges');
    const listed = exchanges.find(({ exchangeId }: { exchangeId: string }) => exchangeId === held.exchangeId);
    const named = [
      { name: 'Ana', wording: 'Construire un tableau croisé' },
      { name: 'Bo', wording: 'Apprendre les tableaux' },
    ];
    expect(listed).toMatchObject({ participants: named, mediator: { name: 'Moé' } });
    for (const person of [held.bo, held.moe, fay!])
      expect((await read(person, `exchanges/${held.exchangeId}`)).exchange).toMatchObject({
        participants: named,
        mediator: { name: 'Moé' },
      });
    expect((await queued(held.ana, held.exchangeId))[0]).toMatchObject({ participants: named, mediator: { name: 'Moé' } });
  });
});
