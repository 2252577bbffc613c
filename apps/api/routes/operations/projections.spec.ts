import { randomUUID } from 'node:crypto';
import type { RecordedEvent } from '#event-store/codec.port';
import { START } from '#event-store/log.port';
import { startApi } from '#test/e2e/harness/api-under-test';
import type { Person } from '#test/e2e/harness/person-at';

describe('what operators do to read models (§7)', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [sam, lou]: Person[] = [];

  beforeAll(async () => {
    world = await startApi();
    sam = await world.person('sam', ['operator']);
    lou = await world.person('lou', ['network-lead']);
    expect((await lou.post('', { label: 'Lyon' })).status).toBe(200);
  }, 60_000);
  afterAll(async () => await world?.close());

  const acts = async (): Promise<readonly string[]> => {
    const found: string[] = [];
    for await (const stored of world.installation.log.readAll({ after: START, filter: { types: ['OperatorActed'] } })) {
      const { data } = world.installation.codec.decode(stored) as Extract<RecordedEvent, { type: 'OperatorActed' }>;
      found.push(`${data.action} ${data.target}`);
    }
    return found;
  };
  const path = 'operations/projections/directory';
  const because = { reason: 'Une ligne manque dans l’annuaire' };
  const builds = async (): Promise<readonly string[]> =>
    ((await sam!.get(path)).body.builds as { build: number; serves: string; paused: boolean }[]).map(
      ({ build, serves, paused }) => `${build} ${serves}${paused ? ' paused' : ''}`,
    );
  const until = async (wanted: readonly string[]): Promise<void> => {
    for (let n = 0; n < 400 && JSON.stringify(await builds()) !== JSON.stringify(wanted); n += 1)
      await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await builds()).toEqual(wanted);
  };

  /** A build may stand a moment behind the other: whoever asks is told to ask again. */
  const done = async (act: string, body: object, headers?: Record<string, string>): Promise<void> => {
    for (let n = 0; ; n += 1) {
      const answer = await sam!.post(`${path}/${act}`, body, headers);
      if (answer.body.code !== 'behind' || n === 100) return expect(answer).toMatchObject({ status: 200 });
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };

  it('rebuilds beside the build that serves, which goes on answering; then goes back to it; each act is recorded with its reason', async () => {
    expect((await sam!.post(`${path}/rebuild`, because)).status).toBe(200);
    await until(['1 ready', '2 active']);
    expect((await lou!.get('directory')).status).toBe(200);
    expect((await sam!.post(`${path}/rollback`, because)).body.builds).toHaveLength(2);
    await until(['1 active', '2 ready']);
    expect((await sam!.post(`${path}/comparison`, {})).body.comparison).toMatchObject({
      ...{ name: 'directory', from: { build: 1 }, to: { build: 2 }, differing: 0, agrees: true },
    });
    await done('switch', because);
    await until(['1 ready', '2 active']);
    expect((await sam!.post(`${path}/stop`, { ...because, build: 1 })).status).toBe(200);
    expect(await builds()).toEqual(['2 active']);
    expect(await acts()).toEqual(['rebuild directory', 'roll-back directory', 'switch directory', 'stop directory']);
  });

  it('is done once under one key, however often it is asked (R22)', async () => {
    const twice = async (act: string, body: object): Promise<readonly string[]> => {
      const key = { 'idempotency-key': `once-${act}` };
      for (let time = 0; time < 2; time++) await done(act, { ...because, ...body }, key);
      return builds();
    };
    const before = (await acts()).length;
    await twice('rebuild', { byHand: true });
    await until(['2 active', '3 ready']);
    await sam!.post(`${path}/comparison`, {});
    expect(await twice('switch', {})).toEqual(['2 ready', '3 active']);
    expect(await twice('rollback', {})).toEqual(['2 active', '3 ready']);
    expect(await twice('stop', { build: 3 })).toEqual(['2 active']);
    expect((await acts()).slice(before)).toEqual(['rebuild directory', 'switch directory', 'roll-back directory', 'stop directory']);
  });

  it('is told to the lead of each network, whichever one the operator came by: when, what and why, not who (R23, case 30)', async () => {
    const other = randomUUID();
    const lil = await world.person('lil', ['network-lead'], other);
    expect((await lil.post('', { label: 'Lille' })).status).toBe(200);
    await sam!.post(`${path}/pause`, because);
    await sam!.post(`${path}/resume`, because);
    for (const lead of [lou!, lil]) {
      const { status, body } = await lead.get('operations?limit=2');
      expect(status).toBe(200);
      expect(body.operations).toMatchObject([
        { action: 'resume', target: 'directory', reason: because.reason },
        { action: 'pause', target: 'directory', reason: because.reason },
      ]);
      expect(JSON.stringify(body)).not.toContain((await world.installation.keys.find(world.networkId, 'sam'))!);
    }
    const page = (await lil.get('operations?limit=1')).body;
    const next = (await lil.get(`operations?limit=1&cursor=${page.next}`)).body;
    expect([page, next].map(({ operations }) => operations[0].action)).toEqual(['resume', 'pause']);
    expect((await lil.get('operations?month=2020-01')).body).toEqual({ month: '2020-01', operations: [], next: null });
    expect((await lil.get('operations?month=2020-13')).body.code).toBe('malformed');
    const ana = await world.person('ana');
    expect((await ana.get('operations')).body.code).toBe('forbidden');
  });

  it('is an operator’s of the installation in every network that is open, and in no other (R23, case 30)', async () => {
    const strange = await world.person('sam', ['operator'], randomUUID());
    expect((await strange.get(`/networks/${world.networkId}/operations/projections`)).status).toBe(200);
    expect((await strange.get('operations/projections')).body.code).toBe('network-not-found');
    expect((await strange.get(`/networks/${world.networkId}/risk`)).body.code).toBe('forbidden');
  });

  it('pauses and resumes', async () => {
    await sam!.post(`${path}/pause`, because);
    expect(await builds()).toEqual(['2 active paused']);
    await sam!.post(`${path}/resume`, because);
    expect(await builds()).toEqual(['2 active']);
  });

  it('records nothing of what cannot be, and says why', async () => {
    const before = await acts();
    const refused = async (act: string, name = 'directory') => {
      const { status, body } = await sam!.post(`operations/projections/${name}/${act}`, because);
      return [status, body.code];
    };
    expect(await refused('rollback')).toEqual([409, 'nothing-kept']);
    expect(await refused('switch')).toEqual([404, 'unknown-build']);
    expect(await refused('stop')).toEqual([409, 'is-active']);
    expect(await refused('rebuild', 'nobody')).toEqual([404, 'unknown-projection']);
    expect(await refused('rebuild', 'process%2Freciprocity')).toEqual([409, 'not-a-read-model']);
    expect((await sam!.post(`${path}/rebuild`, { reason: ' ' })).status).toBe(400);
    expect((await lou!.post(`${path}/rebuild`, because)).status).toBe(403);
    expect(await acts()).toEqual(before);
  });
});
