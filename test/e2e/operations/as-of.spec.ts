import { openApiDocument } from '#apps/api/openapi/document';
import { startApi } from '../harness/api-under-test';
import type { HttpAnswer, Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { departures } from '../harness/conforms';
import { entering } from '../harness/entering';

describe('dashboards as of a past place, over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, fay, lou, tom]: Person[] = [];
  let [before, entered, both]: string[] = [];

  /** Asked again while the version is being built. */
  const then = (person: Person, path: string): Promise<HttpAnswer> =>
    eventually(async () => {
      const answer = await person.get(path);
      return answer.status === 503 ? null : answer;
    });
  const fitting = (path: string, answer: HttpAnswer): HttpAnswer['body'] => {
    const { body } = ok(answer);
    expect(departures(openApiDocument(world.api), { method: 'get', path: `/networks/${world.networkId}/${path}`, body })).toEqual([]);
    return body;
  };
  const wordings = ({ entries }: HttpAnswer['body']): readonly string[] =>
    entries.map(({ wording }: { wording: string }) => wording).sort();

  beforeAll(async () => {
    // No other process holds a key: an erasure need not wait for its cache.
    world = await startApi({}, {}, { cacheMs: 0 });
    ana = await world.person('ana');
    bo = await world.person('bo');
    fay = await world.person('fay', ['facilitator']);
    lou = await world.person('lou', ['network-lead']);
    tom = await world.person('tom', ['data-protection-officer']);
    ok(await lou.post('', { label: 'Lyon' }));
    before = ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } })).body.position;
    const enrolled = ok(await ana.post('members', entering('Ana', 'Construire un tableau', 'Parler devant un groupe'))).body.position;
    await eventually(async () => (await fay!.get(`directory?after=${enrolled}`)).body.entries.length === 2);
    entered = ok(await fay.get('directory')).body.readPosition.position;
    ok(await bo.post('members', entering('Bo', 'Souder', 'Lire un bilan')));
    both = await eventually(async () => {
      const { entries, readPosition } = (await fay!.get('directory')).body;
      return entries.length === 4 ? (readPosition.position as string) : null;
    });
  }, 120_000);
  afterAll(async () => await world?.close());

  it('show the directory as it stood, by the query of today', async () => {
    expect(fitting('directory', await then(fay!, `directory?asOf=${before}`)).entries).toEqual([]);
    const page = fitting('directory', await then(fay!, `directory?asOf=${entered}`));
    expect(wordings(page)).toEqual(['Construire un tableau', 'Parler devant un groupe']);
    expect(page.readPosition).toMatchObject({ position: entered });
    expect(wordings(fitting('directory', await then(lou!, `directory?asOf=${both}&kind=offer`)))).toEqual([
      'Construire un tableau',
      'Souder',
    ]);
    // Whoever chose to be shown may have chosen otherwise since.
    const authors = (kind: string) =>
      page.entries.filter((one: { kind: string }) => one.kind === kind).map(({ author }: { author: object }) => author);
    expect([authors('offer'), authors('request')]).toEqual([[expect.objectContaining({ name: 'Ana' })], [null]]);
  });

  it('take a date, for what was recorded by then, and its moment for what waits', async () => {
    const { recordedAt } = ok(await fay!.get('directory')).body.readPosition;
    const page = fitting('directory', await then(fay!, `directory?asOf=${recordedAt}`));
    expect([page.entries.length, page.readPosition.recordedAt <= recordedAt]).toEqual([4, true]);
    for (const asOf of ['2020-01-01T00:00:00Z', '2020-01-01T00:00:00%2B01:00'])
      expect(fitting('match-queue', await then(fay!, `match-queue?asOf=${asOf}`))).toMatchObject({
        items: [],
        readPosition: { recordedAt: null },
      });
    const future = fitting('directory', await fay!.get('directory?asOf=2099-01-01T00:00:00Z'));
    expect(future.entries).toHaveLength(4);
    const months = 'training-hours/months?from=2020-01-01&to=2099-12-31';
    const dana = await world.person('dana', ['dashboard']);
    expect(fitting(months, await then(dana, `${months}&asOf=${entered}`))).toMatchObject({
      months: [],
      readPosition: { position: entered },
    });
  });

  it('are for those who steer and help, and say what is wrong with a place', async () => {
    expect((await ana!.get(`directory?asOf=${entered}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await ana!.get(`match-queue?asOf=${entered}`)).body).toMatchObject({ status: 403, code: 'forbidden' });
    expect((await fay!.get('directory?asOf=yesterday')).body).toMatchObject({ status: 400, errors: [{ field: 'asOf' }] });
    expect((await fay!.get('directory?asOf=2026-13-01T00:00:00Z')).body).toMatchObject({ status: 400, errors: [{ field: 'asOf' }] });
    expect((await fay!.get(`directory?asOf=${entered!.split('.')[0]}.00000000`)).body).toMatchObject({ status: 410, code: 'another-log' });
    // Satisfaction has its own steps (R15): a place in the log is none of them.
    expect((await lou!.get(`satisfaction?asOf=${entered}`)).status).toBe(400);
  });

  it('tell how far it is where it takes longer than a request', async () => {
    const impatient = await world.also({}, { waitMs: 1 });
    const at = await world.person('fay', ['facilitator'], world.networkId, impatient);
    const answers: HttpAnswer[] = [];
    const last = await eventually(async () => {
      const answer = await at.get(`match-queue?asOf=${both}`);
      answers.push(answer);
      return answer.status === 503 ? null : answer;
    });
    expect(fitting('match-queue', last).readPosition.position).toBe(both);
    const [first] = answers;
    expect(first!.body).toMatchObject({ status: 503, code: 'under-way', details: { told: expect.any(String) } });
    expect(first!.headers.get('retry-after')).toBe('2');
  });

  it('do not bring an erased text back (R19)', async () => {
    const me = ok(await ana!.get('members/me')).body.member.memberId as string;
    ok(await ana!.post(`members/${me}/erasure-request`));
    ok(await tom!.post(`members/${me}/erasure-approval`));
    await eventually(async () => wordings((await fay!.get('directory')).body).join() === 'Lire un bilan,Souder');
    const page = await eventually(async () => {
      const { body } = await then(fay!, `directory?asOf=${entered}`);
      return body.entries.every(({ wording }: { wording: string | null }) => wording === null) ? body : null;
    });
    expect(page.entries).toHaveLength(2);
    const written = JSON.stringify([page, (await then(fay!, `directory?asOf=${both}`)).body]);
    for (const text of ['Construire', 'Parler', 'Ana']) expect(written).not.toContain(text);
    expect(written).toContain('Souder');
    expect((await then(fay!, `directory?asOf=${entered}&text=construire`)).body.entries).toEqual([]);
  });
});
