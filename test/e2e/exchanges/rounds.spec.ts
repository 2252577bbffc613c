import { openApiDocument } from '#apps/api/openapi/document';
import { matchingPool } from '#projections/matching-pool/matching-pool.projection';
import { quotedTable } from '#read-store/tables/table-names';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { content, entering } from '../harness/entering';

interface Left {
  readonly requestId: string;
  readonly reason: string;
}
interface Found {
  readonly matchId: string;
  readonly ringId: string | null;
  readonly participants: readonly { readonly requestId?: string | null; readonly offerId?: string | null }[];
}
interface Dry {
  readonly matches: readonly Found[];
  readonly unmatched: readonly Left[];
}

const bread = { topic: { text: 'Faire du pain', uri: null } };

describe('matching rounds, as often as wanted', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, fay, lou]: Person[] = [];
  const ids: Record<string, string> = {};
  /** Of the last command. */
  let position = '';

  const done = (answer: HttpAnswer): HttpAnswer => {
    ({ position } = ok(answer).body);
    return answer;
  };
  /** Once all that was written is in what a round reads. */
  const dry = async (): Promise<Dry> => {
    const head = await world.installation.log.head();
    await world.installation.readStore.waitFor(['matching-pool'], head, 10_000);
    return ok(await fay!.post('rounds', { dryRun: true, seed: 1 })).body.dryRun as Dry;
  };
  const reasonIn = ({ unmatched }: Dry): string | undefined => unmatched.find(({ requestId }) => requestId === ids['request'])?.reason;
  const pairIn = ({ matches }: Dry): Found | undefined =>
    matches.find(({ participants }) => participants.some(({ requestId }) => requestId === ids['request']));
  const read = async (person: Person, path: string) => {
    const { body } = ok(await person.get(path));
    const asked = { method: 'get', path: `/networks/${world.networkId}/${path}`, body } as const;
    expect(departures(openApiDocument(world.api), asked)).toEqual([]);
    return body;
  };

  beforeAll(async () => {
    world = await startApi();
    ana = await world.person('ana');
    bo = await world.person('bo');
    fay = await world.person('fay', ['facilitator']);
    lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    for (const [person, body] of [
      [ana, entering('Ana', 'Construire un tableau croisé', 'Parler devant un groupe')],
      [bo, entering('Bo', 'Préparer une réunion', 'Apprendre à danser')],
    ] as const) {
      done(await person.post('members', body));
      ids[person.subject] = ok(await person.get(`members/me?after=${position}`)).body.member.memberId;
    }
    ids['offer'] = done(await ana.post('offers', { content: content('Pétrir et façonner', bread) })).body.offerId;
    ids['request'] = done(await bo.post('requests', { content: content('Apprendre le pain', bread) })).body.requestId;
  }, 120_000);
  afterAll(() => world?.close());

  it('work around a pair that is forbidden, and bring it together again once that is lifted (§7)', async () => {
    expect(pairIn(await dry())).toBeDefined();
    const pair = { one: ids['ana'], other: ids['bo'] };
    done(await fay!.post('forbidden-pairs', { ...pair, reason: 'Un différend' }));
    const { pairs } = await read(fay!, `forbidden-pairs?after=${position}`);
    expect(pairs).toHaveLength(1);
    expect(reasonIn(await dry())).toBe('pair-forbidden');
    done(await fay!.post('forbidden-pairs/lifting', { ...pair, reason: 'Réglé entre eux' }));
    expect((await read(fay!, `forbidden-pairs?after=${position}`)).pairs).toEqual([]);
    expect(pairIn(await dry())).toBeDefined();
  });

  it('leave what was proposed by hand as it is, and the pair alone once it was declined (R11, R16)', async () => {
    const proposal = { offerIds: [ids['offer']], requestIds: [ids['request']] };
    const { matchId } = done(await fay!.post('matches', proposal)).body;
    ok(await fay!.get(`matches/${matchId}?after=${position}`));
    await eventually(async () => {
      const { match } = ok(await fay!.get(`matches/${matchId}`)).body;
      return match.status === 'opened';
    });
    const beside = await eventually(async () => {
      const found = await dry();
      return !pairIn(found) && found;
    });
    // held by an open match, it is not open
    expect(reasonIn(beside)).toBeUndefined();
    ok(await bo!.post(`matches/${matchId}/decline`, { reason: 'no-time' }));
    await eventually(async () => reasonIn(await dry()) === 'pair-resting');
  });

  it('find nothing new in a second round, while what the first one proposed is open: a giver’s place is taken (R11, R18)', async () => {
    ids['offer'] = done(
      await bo!.post('offers', { content: content('Le levain', { ...bread, topic: { text: 'Le levain', uri: null } }) }),
    ).body.offerId;
    ids['request'] = done(
      await ana!.post('requests', { content: content('Nourrir un levain', { ...bread, topic: { text: 'le LEVAIN', uri: null } }) }),
    ).body.requestId;
    // Ana and Bo rest from one another: Cleo learns instead
    const cleo = await world.person('cleo');
    done(await cleo.post('members', entering('Cleo', 'Dresser une table', 'le levain')));
    await world.installation.readStore.waitFor(['matching-pool'], await world.installation.log.head(), 10_000);
    const roundOf = async () => {
      await world.installation.readStore.waitFor(['matching-pool'], await world.installation.log.head(), 10_000);
      const { roundId, position: at } = ok(await fay!.post('rounds', {})).body;
      return read(fay!, `rounds/${roundId}?after=${at}`);
    };
    const first = await eventually(async () => {
      const found = await dry();
      return found.matches.length > 0 && (await roundOf());
    });
    expect(first.matches).toHaveLength(1);
    const [{ matchId }] = first.matches;
    await eventually(async () => ok(await fay!.get(`matches/${matchId}`)).body.match?.status === 'opened');
    await eventually(async () => (await dry()).matches.length === 0);
    const second = await roundOf();
    expect(second.matches).toEqual([]);
    expect(ok(await fay!.get(`matches/${matchId}`)).body.match.status).toBe('opened');
  });

  it('are replayed for facilitator and network lead: the same, byte for byte (R18)', async () => {
    const { rounds } = await read(fay!, 'rounds');
    expect(rounds.length).toBeGreaterThan(1);
    for (const { roundId } of rounds) {
      const replay = await eventually(async () => {
        const { status, body } = await lou!.get(`rounds/${roundId}/replay`);
        return status === 200 && body;
      });
      expect(replay).toMatchObject({ roundId, verdict: 'same', differing: 0 });
    }
    const path = `rounds/${rounds[0].roundId}/replay`;
    expect(await read(fay!, path)).toMatchObject({ verdict: 'same' });
    expect((await bo!.get(path)).status).toBe(403);
    expect((await fay!.get(`rounds/${ids['ana']}/replay`)).body).toMatchObject({ status: 404, code: 'round-not-found' });
  });

  it('are seen while they are under way, and stopped: whoever asked is told, and nothing is recorded', async () => {
    const before = (await read(fay!, 'rounds')).rounds.length;
    // what a round reads is held until all three have been seen
    const holder = await world.installation.pool.connect();
    const poolTable = quotedTable(matchingPool);
    await holder.query(`begin; lock table ${poolTable} in access exclusive mode`);
    const asked = [fay!.post('rounds', { seed: 1 }), fay!.post('rounds', { seed: 2 }), fay!.post('rounds', { seed: 3 })] as const;
    const under = await eventually(async () => {
      const { rounds } = await read(lou!, 'rounds/running');
      return rounds.length === 3 && rounds;
    });
    const last = under.find(({ phase }: { phase: string }) => phase === 'waiting');
    expect(last).toMatchObject({ dryRun: false, by: expect.any(String) });
    const path = `rounds/running/${last.roundId}/stop`;
    expect((await lou!.post(path)).status).toBe(403);
    expect(ok(await fay!.post(path)).body).toEqual({ stopped: last.roundId });
    await holder.query('commit');
    holder.release();
    const answers = await Promise.all(asked);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 409]);
    const refused = answers.find(({ status }) => status === 409)!;
    expect(refused.body).toMatchObject({ code: 'round-stopped' });
    expect((await read(lou!, 'rounds/running')).rounds).toEqual([]);
    expect((await fay!.post(path)).body).toMatchObject({ status: 404, code: 'round-not-running' });
    position = answers.find(({ status }) => status === 200)!.body.position;
    const { rounds } = await eventually(async () => {
      const page = await read(fay!, 'rounds');
      return page.rounds.length === before + 2 && page;
    });
    expect(rounds.map((round: { roundId: string }) => round.roundId)).not.toContain(last.roundId);
  });

  it('find rings alone where the network wants that, and say so of all others (R3)', async () => {
    for (const [name, gives, seeks] of [
      ['Dia', 'Coudre', 'Jongler'],
      ['Eli', 'Jongler', 'Coudre'],
      ['Flo', 'Siffler', 'Coudre'],
    ] as const) {
      const person = await world.person(name.toLowerCase());
      done(await person.post('members', entering(name, 'Parler fort', seeks)));
      done(await person.post('offers', { content: content(gives, { topic: { text: gives, uri: null } }) }));
    }
    done(await lou!.send('PATCH', 'policy', { ringsOnly: true }));
    const found = await dry();
    const givers = found.matches.map(({ participants }) => participants.find(({ offerId }) => offerId)).length;
    expect([givers, new Set(found.matches.map(({ ringId }) => ringId)).size]).toEqual([2, 1]);
    expect(found.unmatched.map(({ reason }) => reason)).toContain('in-no-ring');
    const { roundId, position: at } = ok(await fay!.post('rounds', {})).body;
    expect((await read(fay!, `rounds/${roundId}?after=${at}`)).round.solverVersion).toBe('rings-1');
    expect(await eventually(async () => (await lou!.get(`rounds/${roundId}/replay`)).body)).toMatchObject({ verdict: 'same' });
    done(await lou!.send('PATCH', 'policy', { ringsOnly: null }));
  });
});
