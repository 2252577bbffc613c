import { runInWorker } from '#read-store/worker/worker-computation';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { ok } from '../harness/asking';
import { heldExchange, type HeldExchange } from '../harness/held-exchange';

const DAY = 24 * 3_600_000;
const END = '9999-12-31T23:00:00Z';
const anyId = '00000000-0000-4000-8000-000000000001';

describe('dates that people give, over HTTP', () => {
  let world: Awaited<ReturnType<typeof startApi>>;
  let held: HeldExchange;
  let all: Person;
  let isOpen = true;

  beforeAll(async () => {
    world = await startApi({ SAVOIRS_REQUESTS_PER_MINUTE: '100000' });
    held = await heldExchange(world);
    all = await world.person('ana', ['member', 'facilitator', 'network-lead', 'auditor', 'dashboard', 'hr', 'data-protection-officer']);
  }, 120_000);
  afterAll(async () => {
    if (isOpen) await world?.close();
  });

  const agreement = (start: string) => ({
    ...{ content: 'Tableaux', method: 'Sur ses fichiers', place: 'Salle 12' },
    ...{ sessions: [{ start, minutes: 60 }], criteria: [{ text: 'Bo sait' }] },
  });

  it('are refused beyond what may be planned, with the range (R24, case 1)', async () => {
    const { body } = await held.ana.post(`members/${held.ids.ana}/pause`, { until: END });
    expect(body).toMatchObject({ status: 422, code: 'date-out-of-range', rule: 'R24', details: { field: 'until' } });
    expect(Date.parse(body.details.to) - Date.parse(body.details.from)).toBeGreaterThan(729 * DAY);
  });

  it.each(['2027-02-30T00:00:00Z', '2027-02-28T24:00:00Z', '2026-13-01T00:00:00Z', '0000-01-01T00:00:00Z', '2026-05-01T00:00:00+25:00'])(
    'are refused where they do not exist: %s (R24, case 4)',
    async (text) => {
      const { ids, exchangeId } = held;
      const asked = encodeURIComponent(text);
      for (const path of ['risk?', 'satisfaction?', 'risk/evidence?indicator=imbalance&', 'match-queue?', 'directory?'])
        expect((await all.get(`${path}asOf=${asked}`)).body).toMatchObject({ status: 400, errors: [{ field: 'asOf' }] });
      const months = `training-hours/months?from=2026-01-01&to=2026-02-01&asOf=${asked}`;
      expect((await all.get(months)).body).toMatchObject({ status: 400, errors: [{ field: 'asOf' }] });
      const presence = { present: [{ memberId: ids.ana, role: 'giver', minutesOutside: 0 }] };
      const bodies: readonly (readonly [path: string, body: object, field: string])[] = [
        [`members/${ids.ana}/pause`, { until: text }, '/until'],
        [`members/${ids.ana}/erasure-deferral`, { until: text }, '/until'],
        [`matches/${anyId}/connection`, { mediatorId: ids.moe, start: text, place: 'Salle 12' }, '/start'],
        [`matches/${anyId}/agreement`, agreement(text), '/sessions/0/start'],
        [`exchanges/${exchangeId}/sessions`, { start: text, minutes: 60 }, '/start'],
        [`exchanges/${exchangeId}/session-reports`, { start: text, minutes: 60, ...presence }, '/start'],
        [`exchanges/${exchangeId}/replay`, { motive: 'Contrôle annuel', asOf: text }, '/asOf'],
        ['satisfaction/evidence', { indicator: 'satisfaction', motive: 'Contrôle annuel', asOf: text }, '/asOf'],
      ];
      for (const [path, body, field] of bodies) {
        const answer = await all.post(path, body);
        expect({ path, ...answer.body }).toMatchObject({ path, status: 400, errors: [{ field }] });
      }
    },
  );

  it.each(['training-hours/months', 'feeds/training-hours', 'training-hours'])(
    'are days that exist, the first not after the last, at %s (R24, case 4)',
    async (path) => {
      const asked = async (from: string, to: string) => (await all.get(`${path}?from=${from}&to=${to}`)).body;
      const month = path === 'training-hours/months' || path === 'feeds/training-hours';
      for (const no of ['0000-00-00', '2027-02-30', '2026-13-01'])
        expect(await asked(no, '2027-12-31')).toMatchObject({
          status: 400,
          errors: expect.arrayContaining([expect.objectContaining({ field: 'from' })]),
        });
      expect(await asked('2026-01-01', '9999-99-99')).toMatchObject({ status: 400, errors: [{ field: 'to' }] });
      const later = month ? ['2026-03-01', '2026-02-28'] : ['2026-03-02', '2026-03-01'];
      expect(await asked(later[0]!, later[1]!)).toMatchObject({ status: 400, errors: [{ field: 'to' }] });
    },
  );

  it('of the future are answered as of now (R24, case 3)', async () => {
    for (const path of ['satisfaction?by=network&', 'risk?']) {
      const { asOf, figures } = ok(await all.get(`${path}asOf=9999-12-31T23:59:59Z`)).body;
      expect(Math.abs(Date.parse(asOf) - Date.now())).toBeLessThan(DAY);
      // In days, a moment later is another value.
      const told = (figure: { unit: string; value: number }) => (figure.unit === 'days' ? { ...figure, value: null } : figure);
      expect(figures.map(told)).toEqual(ok(await all.get(path)).body.figures.map(told));
    }
    const evidence = { indicator: 'satisfaction', motive: 'Contrôle annuel', asOf: END };
    expect(ok(await all.post('satisfaction/evidence', evidence)).body).toMatchObject({ eventIds: [] });
    expect(ok(await all.get(`match-queue?asOf=${END}`)).body).toEqual(ok(await all.get('match-queue')).body);
    const listed = async (path: string) => ok(await all.get(path)).body.entries.map(({ id }: { id: string }) => id);
    expect(await listed(`directory?asOf=${END}`)).toEqual(await listed('directory'));
    ok(await all.get(`risk/evidence?indicator=imbalance&asOf=${END}`));
  });

  it('keep no program from stopping: what is computed still is ended (R24, case 3)', async () => {
    const endless = runInWorker({
      file: require.resolve('#read-store/worker/worker-computation.fixture'),
      feed: () => Promise.resolve({ pieces: Infinity }),
    });
    const stopped = expect(endless).rejects.toMatchObject({ name: 'ComputationStopped' });
    isOpen = false;
    await world.close();
    await stopped;
  });
});
