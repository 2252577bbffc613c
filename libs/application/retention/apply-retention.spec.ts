import type { ExchangeId, IncidentId, MemberId, RetentionRunId } from '#domain/ids';
import type { Expired } from '#domain/retention/retention.events';
import type { Instant } from '#kernel/id';
import { ERASED } from '#event-store/codec.port';
import { writeComment, writeEvent, writeExchange, type Writing } from '#testing/histories/exchange-on-log';
import { exchangeExamples } from '#testing/examples/exchange.examples';
import { lyon } from '#testing/network-facts';
import { ana, asDataProtectionOfficer, asMember, asNetworkLead, bo, cleo, fay, quin } from '#testing/people';
import { done, enrolled, named, openedWorld, portsOf, type World } from '../application.fixture';
import { createApplication } from '../create-application';

const exchangeId = 'x' as ExchangeId;
const incidentId = 'i' as IncidentId;
const COMMENT = 'Quetzalcoatlus';
const everything: Expired = { exchangeIds: [exchangeId], incidentIds: [incidentId], memberIds: [cleo] };
const nothing: Expired = { exchangeIds: [], incidentIds: [], memberIds: [] };

describe('a step of a retention run', () => {
  let here: World;
  let runId: RetentionRunId;
  let steps = 0;

  const writing = (): Writing => ({ log: here.log, codec: here.codec, network: lyon, at: here.clock.now() });
  const write = (type: 'ExchangeClosed' | 'ExchangeDisputed' | 'DisputeSettled', by: MemberId) =>
    writeEvent(writing(), type, { stream: `exchange-${exchangeId}`, by, data: { ...exchangeExamples[type], exchangeId, networkId: lyon } });
  const incident = (type: 'IncidentReported' | 'IncidentAssessed' | 'IncidentResolved') =>
    writeEvent(writing(), type, { stream: `incident-${incidentId}`, by: fay, data: { incidentId, networkId: lyon } });
  const give = async (order: Parameters<World['give']>[0]['order'], by = asDataProtectionOfficer()): Promise<void> =>
    void (await done(here.give({ order, by, id: `${order.type} ${(steps += 1)}` })));
  const start = async (): Promise<void> => {
    runId = `run-${(steps += 1)}` as RetentionRunId;
    const { exchangeTextsMonths, goneMembersMonths } = (await here.process().facts.of(lyon))!.policy;
    await give({ type: 'StartRetentionRun', data: { networkId: lyon, runId, exchangeTextsMonths, goneMembersMonths } });
  };
  const step = (found: Expired, application = here.process()) => {
    const ids = { network: lyon, commandId: named(`step ${(steps += 1)}`), correlationId: 'c', causationId: 'c' };
    return application.execute({ type: 'ApplyRetention', data: { networkId: lyon, runId, ...found } }, ids, here.clock.now());
  };
  const retention = () => here.types(`retention-${lyon}`);
  const revealed = async (): Promise<string> =>
    JSON.stringify(await Promise.all((await here.stored()).map(async (event) => (await here.codec.reveal(event)).data)));
  /** 61 seconds later no process holds a destroyed key any more. */
  const cachesExpire = (): void => here.clock.set(new Date(Date.parse(here.clock.now()) + 61_000).toISOString());

  /** Three years ago: Ana gave, Bo learnt and commented, an incident was resolved, Cleo left. */
  beforeEach(async () => {
    here = await openedWorld();
    for (const member of [ana, bo, cleo]) await enrolled(here, member);
    await writeExchange(writing(), { exchangeId, giver: ana, learners: [bo] });
    await writeComment(writing(), exchangeId, { by: bo, text: COMMENT });
    await write('ExchangeClosed', ana);
    for (const type of ['IncidentReported', 'IncidentAssessed', 'IncidentResolved'] as const) await incident(type);
    await give({ type: 'LeaveNetwork', data: { memberId: cleo, reason: null } }, asMember(cleo));
    here.clock.set('2029-03-02T09:00:00.000Z');
    await start();
  });

  it('destroys keys, waits for the caches, and only then records what it ended (R19)', async () => {
    expect(await revealed()).toContain(COMMENT);
    expect(await step(everything)).toBe('done');
    expect(await revealed()).not.toContain(COMMENT);
    expect(await retention()).toEqual(['RetentionRunStarted']);
    cachesExpire();
    expect(await step(everything)).toBe('done');
    expect(await retention()).toEqual(['RetentionRunStarted', 'RetentionApplied']);
    expect((await here.types(`member-${cleo}`)).at(-1)).toBe('PersonalDataErased');
    expect(await step(nothing)).toBe('done');
    const [run] = (await here.stored()).filter(({ type }) => type === 'RetentionRun');
    expect(here.codec.decode(run!).data).toMatchObject({ runId, erased: 3, kinds: { exchanges: 1, incidents: 1, members: 1 } });
  });

  it('ends the agreement where it was made, and leaves what others are kept by (R19)', async () => {
    for (let time = 0; time < 2; time += 1) {
      await step({ ...nothing, exchangeIds: [exchangeId] });
      cachesExpire();
    }
    const [agreed] = (await here.stored(`match-match-of-${exchangeId}`)).filter(({ type }) => type === 'AgreementReached');
    expect(await here.codec.reveal(agreed!)).toMatchObject({ data: { agreement: { content: ERASED, method: ERASED } } });
    const profiles = (await here.stored(`member-${ana}`)).slice(0, 1);
    expect(JSON.stringify(await here.codec.reveal(profiles[0]!))).toContain('Ana Example');
  });

  it('judges anew from the log: what is not old enough, goes on or was never there stays (R19)', async () => {
    const late = { exchangeIds: ['unknown' as ExchangeId], incidentIds: ['unknown' as IncidentId], memberIds: [ana, 'nobody' as MemberId] };
    expect(await step(late)).toBe('done');
    expect(await retention()).toEqual(['RetentionRunStarted', 'RetentionRun']);
    expect(await revealed()).toContain('Ana Example');
    expect(await revealed()).toContain(COMMENT);
  });

  it('leaves an exchange while it is disputed, and whoever took part in it (R19)', async () => {
    await give({ type: 'LeaveNetwork', data: { memberId: ana, reason: null } }, asMember(ana));
    await write('ExchangeDisputed', bo);
    here.clock.set('2033-03-02T09:00:00.000Z');
    await step(nothing);
    await start();
    await step({ ...nothing, exchangeIds: [exchangeId], memberIds: [ana] });
    expect((await retention()).at(-1)).toBe('RetentionRun');
    expect(await revealed()).toContain(COMMENT);
  });

  it('leaves what a legal hold on one of its people keeps, until that ends (R19)', async () => {
    await give({ type: 'AskForErasure', data: { memberId: bo } });
    await give(
      { type: 'DeferErasure', data: { memberId: bo, until: '2029-09-01T00:00:00.000Z' as Instant } },
      asDataProtectionOfficer(quin),
    );
    const ofBo: Expired = { ...nothing, exchangeIds: [exchangeId] };
    expect(await step(ofBo)).toBe('done');
    expect((await retention()).at(-1)).toBe('RetentionRun');
    expect(await revealed()).toContain(COMMENT);
    here.clock.set('2029-09-01T00:00:00.000Z');
    await start();
    await step(ofBo);
    expect(await revealed()).not.toContain(COMMENT);
  });

  it('ends nothing more once the policy was changed: somebody must look again (R19)', async () => {
    const changes = { exchangeTextsMonths: 60 };
    await give({ type: 'ChangePolicy', data: { networkId: lyon, changes } }, asNetworkLead());
    expect(await step(everything)).toBe('done');
    expect(await retention()).toEqual(['RetentionRunStarted', 'RetentionRun']);
    expect(await revealed()).toContain(COMMENT);
  });

  it('waits, and says what for, while the files cannot be rewritten (R19)', async () => {
    const told: string[] = [];
    const stuck = { ...here, texts: { ...here.texts, scrub: async () => false } };
    const waiting = createApplication({ ...portsOf(stuck), onWaiting: (sentence) => void told.push(sentence) });
    await step(everything);
    cachesExpire();
    expect(await step(everything, waiting)).toBe('done');
    expect(await retention()).toEqual(['RetentionRunStarted']);
    expect(told).toEqual([expect.stringContaining('pg_stat_activity')]);
  });

  it('is made whole after a crash at any point, and counts nothing twice (R22)', async () => {
    const crash = async (part: object, name: string): Promise<void> => {
      const broken = jest.spyOn(part as Record<string, () => Promise<never>>, name).mockRejectedValueOnce(new Error('crash'));
      await expect(step(everything)).rejects.toThrow('crash');
      broken.mockRestore();
      cachesExpire();
      expect(await retention()).not.toContain('RetentionRun');
    };
    for (const name of ['eraseStreams', 'eraseMember', 'forget', 'lastErasure', 'scrub', 'whileUnused']) await crash(here.keys, name);
    for (const name of ['erase', 'scrub']) await crash(here.texts, name);
    const append = here.log.append.bind(here.log);
    const broken = jest.spyOn(here.log, 'append').mockImplementation(async (stream, ...rest) => {
      if (stream === `member-${cleo}`) throw new Error('crash');
      return append(stream, ...rest);
    });
    await expect(step(everything)).rejects.toThrow('crash');
    broken.mockRestore();
    expect(await retention()).toEqual(['RetentionRunStarted', 'RetentionApplied']);
    expect(await step({ ...nothing, memberIds: [cleo] })).toBe('done');
    expect(await step(nothing)).toBe('done');
    expect(await retention()).toEqual(['RetentionRunStarted', 'RetentionApplied', 'RetentionRun']);
    expect((await here.types(`member-${cleo}`)).filter((type) => type === 'PersonalDataErased')).toHaveLength(1);
  });
});
