import type { StreamName } from '#kernel/id';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { AppendResult, EventToAppend, ExpectedRevision } from '#event-store/log.port';
import { startApi } from '../harness/api-under-test';
import type { Person } from '../harness/person-at';
import { eventually, ok } from '../harness/asking';
import { content, entering } from '../harness/entering';

/** Refuses, as a fault, what a process orders on these streams. */
class FaultyLog extends MemoryLog {
  readonly faulty = new Set<string>();

  override append(stream: StreamName, expected: ExpectedRevision, events: readonly EventToAppend[]): Promise<AppendResult> {
    if (this.faulty.has(stream) && events.some(({ type }) => type === 'EngagementReserved'))
      return Promise.reject(new RangeError('Invalid time value'));
    return super.append(stream, expected, events);
  }
}

const OFFER = 'Construire un tableau croisé';

describe('an order of a process that throws, over HTTP', () => {
  const log = new FaultyLog();
  let world: Awaited<ReturnType<typeof startApi>>;
  let [ana, bo, cleo, ola]: Person[] = [];
  const ids: string[] = [];
  const parked = '/operations/projections/process%2Fengagement/parked';
  const at = (path: string): string => `/networks/${world.networkId}${path}`;

  interface ListedEntry {
    readonly id: string;
    readonly kind: string;
    readonly wording: string;
  }
  const asked = async (person: Person, offerId: string): Promise<string> => {
    const own = await eventually(async () =>
      (ok(await person.get('members/me')).body.entries as ListedEntry[]).find(({ kind }) => kind === 'request'),
    );
    return ok(await person.post(`offers/${offerId}/ask`, { requestId: own.id, reason: 'Pour préparer ma prise de parole' })).body
      .matchId as string;
  };
  const isAsked = async (matchId: string): Promise<boolean> =>
    ok(await ana!.get('match-queue')).body.items.some(
      ({ id, why }: { id: string; why: string }) => id === matchId && why === 'answer-match',
    );
  const engagement = async () =>
    ok(await ola!.get('operations/projections')).body.projections.find(({ name }: { name: string }) => name === 'process/engagement');

  beforeAll(async () => {
    world = await startApi({}, {}, { log });
    [ana, bo, cleo] = [await world.person('ana'), await world.person('bo'), await world.person('cleo')];
    ola = await world.person('ola', ['operator']);
    const lou = await world.person('lou', ['network-lead']);
    ok(await lou.post('', { label: 'Lyon' }));
    ok(await lou.post('charter', { text: { fr: 'Chacun offre et demande.' } }));
    for (const [person, name, offer] of [
      [ana, 'Ana', OFFER],
      [bo, 'Bo', 'Préparer une réunion'],
      [cleo, 'Cleo', 'Lire un bilan'],
    ] as const) {
      const entered = { ...entering(name, offer, 'Apprendre'), requests: [content('Apprendre', { authorShown: true })] };
      const { position } = ok(await person.post('members', entered)).body;
      ids.push(ok(await person.get(`members/me?after=${position}`)).body.member.memberId as string);
    }
  }, 60_000);
  afterAll(async () => await world?.close());

  it('parks for its key alone; operators list, retry and skip it, and every match beside it goes on (case 6)', async () => {
    const offer = await eventually(async () =>
      (ok(await bo!.get('directory?kind=offer')).body.entries as ListedEntry[]).find(({ wording }) => wording === OFFER),
    );
    log.faulty.add(`member-${ids[1]}`);
    const poisoned = await asked(bo!, offer.id);
    await eventually(async () => (await engagement()).parked > 0);
    const open = await asked(cleo!, offer.id);
    await eventually(() => isAsked(open));
    expect(await isAsked(poisoned)).toBe(false);

    await eventually(async () => (await engagement()).lagEvents === 0);
    expect(await engagement()).toMatchObject({ state: 'live', pace: 'current', fault: null, lagEvents: 0 });
    const { status, body } = await ola!.get('/health/ready');
    expect([status, body.ready]).toEqual([200, true]);
    expect(body.projections).toContainEqual(expect.objectContaining({ name: 'process/engagement', parked: expect.any(Number) }));
    expect((await (await fetch(`${world.url}/metrics`)).text()).split('\n')).toContainEqual(
      expect.stringMatching(/^savoirs_projection_parked\{projection="process\/engagement"\} [12]$/),
    );
    const [first] = ok(await ola!.get(at(parked))).body.parked;
    expect(first).toMatchObject({ key: poisoned, type: 'MatchProposed', fault: 'RangeError', due: null, state: 'parked' });

    const still = ok(await ola!.post(at(`${parked}/retry`), { reason: 'Encore' })).body;
    expect(still.rows).toMatchObject([{ key: poisoned, folded: 0, fault: 'RangeError' }]);
    log.faulty.clear();
    const retried = ok(await ola!.post(at(`${parked}/retry`), { reason: 'Réparé', key: poisoned })).body;
    expect(retried.rows).toMatchObject([{ name: 'process/engagement', key: poisoned, left: 0, fault: null }]);
    await eventually(() => isAsked(poisoned));
    expect((await engagement()).parked).toBe(0);
    const gone = await ola!.post(at(`${parked}/retry`), { reason: 'Encore', key: poisoned });
    expect([gone.status, gone.body.code]).toEqual([404, 'nothing-parked']);
  });

  it('is given up with a reason, which is recorded with who gave it (case 6)', async () => {
    const offer = await eventually(async () =>
      (ok(await ana!.get('directory?kind=offer')).body.entries as ListedEntry[]).find(({ wording }) => wording === 'Lire un bilan'),
    );
    log.faulty.add(`member-${ids[0]}`);
    const poisoned = await asked(ana!, offer.id);
    await eventually(async () => (await engagement()).parked > 0);
    const [{ eventId, key }] = ok(await ola!.get(at(parked))).body.parked;
    expect(key).toBe(poisoned);
    const reasonless = await ola!.post(at(`${parked}/skip`), { eventId });
    expect(reasonless.status).toBe(400);
    ok(await ola!.post(at(`${parked}/skip`), { eventId, reason: 'Personne ne peut' }));
    expect((await engagement()).parked).toBe(0);
    expect(ok(await ola!.get(at(parked))).body.parked).toMatchObject([{ eventId, state: 'skipped' }]);
    const acts: string[] = [];
    for await (const { type, data } of log.readAll({ after: '0'.repeat(20) as never })) if (type === 'OperatorActed') acts.push(data);
    expect(acts.map((data) => JSON.parse(data) as object)).toMatchObject([
      { action: 'repeat-parked', target: 'process/engagement' },
      { action: 'repeat-parked', target: 'process/engagement' },
      { action: 'drop-parked', target: 'process/engagement' },
    ]);
  });
});
