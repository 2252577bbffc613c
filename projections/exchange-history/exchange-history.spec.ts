import type { DataOf } from '#kernel/message';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { MemberId, Salt, SessionId } from '#domain/ids';
import type { RecordedEvent } from '#event-store/codec.port';
import { dumpFolded, foldInMemory } from '#read-store/fold/in-memory-fold';
import { eventExamples } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, cleo, dia, fay, moe, ned } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { instant, storyteller } from '#testing/histories/story';
import {
  ListExchangesHandler,
  ListExchanges,
  ReadExchangeHistory,
  ReadExchangeHistoryHandler,
  seenBy,
  type Asker,
  type ExchangeFilter,
} from './exchange-history.queries';
import type { HistoryRow } from './exchange-history.projection';
import { exchangeHistoryModel } from './exchange-history.table';

const { exchangeId } = eventExamples.ExchangeAgreed;
const NOW = '2026-06-01T00:00:00.000Z';
const learner = (memberId: typeof bo) => ({ memberId, role: 'learner', requestId: `request-of-${memberId}` }) as never;
const participants: DataOf<ExchangeEvent, 'ExchangeAgreed'>['participants'] = [
  { memberId: ana, role: 'giver', offerId: 'offer-of-ana' as never },
  learner(bo),
  learner(dia),
];

describe('who may open an exchange', () => {
  let here: Projected;
  const by = (memberId: MemberId, facilitates = false, mediators: readonly MemberId[] = [moe, ned]): Asker => ({
    as: 'participant',
    memberId,
    mediators,
    facilitates,
  });
  const read = async (asker: Asker) =>
    (await new ReadExchangeHistoryHandler(here.store).execute(new ReadExchangeHistory(lyon, exchangeId, asker, NOW))).exchange;

  beforeAll(async () => {
    const { told, events } = storyteller();
    const present = [
      { memberId: ana, role: 'giver', minutesOutside: 0 },
      { memberId: bo, role: 'learner', minutesOutside: 0 },
    ] as const;
    told('ExchangeAgreed', { participants, mediatorId: moe, networkId: lyon }, { on: '2026-03-01' });
    told('SessionHeld', { present }, { on: '2026-03-02', by: ana });
    for (const memberId of [bo, dia])
      told('ParticipantDropped', { memberId, role: 'learner', participant: learner(memberId) }, { on: '2026-03-03', by: memberId });
    told('EvaluationSubmitted', { memberId: bo, role: 'learner' }, { on: '2026-03-04', by: bo });
    told('ExchangeEvaluated', {}, { on: '2026-03-05' });
    told('FollowUpSubmitted', { memberId: bo, usedAtWork: true, example: 'Le suivi' }, { on: '2026-05-05', by: bo });
    here = await projected([exchangeHistoryModel], events);
  });
  afterAll(() => here.end());

  it('is whoever took part, dropped out since or not, and the mediator (§7)', async () => {
    for (const memberId of [ana, bo, dia, moe]) expect(await read(by(memberId))).not.toBeNull();
    for (const memberId of [cleo, ned, fay]) expect(await read(by(memberId))).toBeNull();
    const list = new ListExchanges(lyon, { memberId: bo }, { limit: 10 });
    expect((await new ListExchangesHandler(here.store).execute(list)).exchanges).toHaveLength(1);
  });

  it('reads evaluations where they were there or stand in it (R15)', async () => {
    for (const memberId of [ana, bo, moe]) expect((await read(by(memberId)))?.evaluations).toHaveLength(1);
    expect((await read(by(dia)))?.evaluations).toEqual([]);
  });

  it('reads a follow-up where it is their own: every other view shows aggregates (R15)', async () => {
    expect((await read(by(bo)))?.followUps).toEqual([{ memberId: bo, usedAtWork: true, example: 'Le suivi' }]);
    for (const memberId of [ana, moe, dia]) expect((await read(by(memberId)))?.followUps).toEqual([]);
    expect((await read({ as: 'auditor' }))?.followUps).toEqual([]);
  });

  it('is another mediator where its own is one no more (R9)', async () => {
    const stands = await read(by(ned, false, [ned]));
    expect(stands?.evaluations).toEqual([]);
    expect(stands?.agreement.content).not.toBeNull();
  });

  it('is a facilitator, without texts and evaluations: no-shows and disputes are theirs to see (§7)', async () => {
    const seen = await read(by(fay, true));
    expect(seen).toMatchObject({ exchangeId, evaluations: [] });
    expect(typeof seen?.agreement.content).not.toBe('string');
  });
});

describe('what becomes of an exchange', () => {
  const at = (day: string) => `${day}T09:00:00.000Z`;
  const planned = (sessionId: string, day: string) => ({ sessionId, start: at(day), minutes: 60 }) as never;
  const rowOf = (events: readonly RecordedEvent[]) => foldInMemory(exchangeHistoryModel, events).rows.get(exchangeId) as HistoryRow;

  it('opens what was evaluated by then to the participants when a dispute closes it (R13, case 26)', () => {
    const { told, events } = storyteller();
    told('ExchangeAgreed', { participants, mediatorId: moe, networkId: lyon }, { on: '2026-03-01' });
    told('EvaluationSubmitted', { memberId: bo, role: 'learner' }, { on: '2026-03-04', by: bo });
    const asker: Asker = { as: 'participant', memberId: ana, mediators: [moe], facilitates: false };
    expect(seenBy(rowOf(events), asker, NOW).evaluations).toEqual([]);
    told('ExchangeClosed', { outcome: 'disputed', submitted: [{ memberId: bo, role: 'learner' }] }, { on: '2026-03-05' });
    expect(seenBy(rowOf(events), asker, NOW).evaluations).toMatchObject([{ memberId: bo }]);
  });

  it('loses when it is held the sessions still to come, and no past one (§3, case 25)', () => {
    const { told, events } = storyteller();
    const sessions = [planned('past', '2026-01-16'), planned('held', '2026-02-10'), planned('to-come', '2026-03-20')];
    told('ExchangeAgreed', { agreement: { ...eventExamples.ExchangeAgreed.agreement, sessions } }, { on: '2026-01-02' });
    told('NoShowReported', { sessionId: 'past' as SessionId, memberId: bo }, { on: '2026-01-17' });
    told('SessionHeld', { sessionId: 'held' as SessionId }, { on: '2026-02-10' });
    told('ExchangeHeld', {}, { on: '2026-02-10', recorded: '2026-02-13' });
    const left = rowOf(events).sessions.map(({ sessionId, held, noShows }) => ({ sessionId, held, noShows: noShows.length }));
    expect(left).toEqual([
      { sessionId: 'past', held: false, noShows: 1 },
      { sessionId: 'held', held: true, noShows: 0 },
    ]);
  });
});

describe('who has answered', () => {
  const windows = { evaluateBy: instant('2026-04-01'), followUpFrom: instant('2026-05-01'), followUpUntil: instant('2026-05-31') };
  const attendees = participants.slice(0, 2).map(({ memberId, role }) => ({ memberId, role }));
  const present = attendees.map((one) => ({ ...one, minutesOutside: 0 }));
  const rowOf = (answered: boolean): HistoryRow => {
    const { told, events } = storyteller();
    told('ExchangeAgreed', { participants, mediatorId: moe, networkId: lyon }, { on: '2026-03-01' });
    told('ParticipantDropped', { memberId: dia, role: 'learner', participant: learner(dia) }, { on: '2026-03-01', by: dia });
    told('SessionHeld', { present }, { on: '2026-03-02', by: ana });
    told('ExchangeHeld', { present: attendees, ...windows }, { on: '2026-03-02' });
    if (answered) {
      for (const memberId of [ana, bo]) told('EvaluationSubmitted', { memberId }, { on: '2026-03-04', by: memberId });
      told('ExchangeEvaluated', { submitted: attendees }, { on: '2026-03-04' });
      told('ExchangeClosed', { outcome: 'all', submitted: attendees, missed: [] }, { on: '2026-03-04' });
      told('FollowUpDue', { learners: [bo] }, { on: '2026-05-01' });
      told('FollowUpSubmitted', { memberId: bo }, { on: '2026-05-02', by: bo });
    }
    return foldInMemory(exchangeHistoryModel, events).rows.get(exchangeId) as HistoryRow;
  };
  const participant = (memberId: MemberId, facilitates = false): Asker => ({ as: 'participant', memberId, mediators: [moe], facilitates });

  it('is seen by nobody who neither took part nor mediates: a history is the same whoever has (R15, case 27)', () => {
    const outsiders = [participant(fay, true), participant(dia, true), { as: 'data-protection-officer' } as const];
    for (const [day, status] of [
      ['2026-03-03', 'held'],
      ['2026-03-31', 'held'],
      ['2026-04-02', 'closed'],
      ['2026-05-10', 'closed'],
    ] as const)
      for (const asker of outsiders) {
        const seen = seenBy(rowOf(true), asker, instant(day));
        expect(seen).toMatchObject({ status, unsealed: status === 'closed' });
        expect(seen).toEqual(seenBy(rowOf(false), asker, instant(day)));
      }
  });

  it('is in a list of everybody’s by the clock alone (R15, case 27)', async () => {
    const { told, events } = storyteller();
    told('ExchangeAgreed', { participants, networkId: lyon }, { on: '2026-03-01' });
    told('ExchangeHeld', { networkId: lyon, present: attendees, ...windows }, { on: '2026-03-02' });
    told('ExchangeClosed', { networkId: lyon, outcome: 'all' }, { on: '2026-03-04' });
    const here = await projected([exchangeHistoryModel], events);
    const statuses = async (filter: ExchangeFilter) =>
      (await new ListExchangesHandler(here.store).execute(new ListExchanges(lyon, filter, { limit: 10 }))).exchanges.map(
        (one) => one.status,
      );
    expect(await statuses({ now: instant('2026-03-05') })).toEqual(['held']);
    expect(await statuses({ now: instant('2026-04-02') })).toEqual(['closed']);
    expect(await statuses({ memberId: bo })).toEqual(['closed']);
    await here.end();
  });

  it('is seen by the others of it and by its mediator, but for a follow-up, which is its author’s alone (R15)', () => {
    const types = (asker: Asker) => seenBy(rowOf(true), asker, NOW).timeline.map(({ type }) => type);
    expect(types(participant(bo))).toContain('FollowUpSubmitted');
    for (const memberId of [ana, moe]) {
      expect(types(participant(memberId)).filter((type) => type === 'EvaluationSubmitted')).toHaveLength(2);
      expect(types(participant(memberId))).not.toContain('FollowUpSubmitted');
    }
  });
});

describe('what a hash over a history tells', () => {
  const SALTS = ['a'.repeat(32), 'b'.repeat(32)] as const;
  const rowWith = (salt: string) => {
    const { told, events } = storyteller();
    told('ExchangeAgreed', { participants, mediatorId: moe, networkId: lyon }, { on: '2026-03-01' });
    told('EvaluationSubmitted', { memberId: bo, role: 'learner', salt: salt as Salt }, { on: '2026-03-04', by: bo });
    told('EvaluationAmended', { memberId: bo, role: 'learner', salt: salt as Salt }, { on: '2026-03-05', by: bo });
    told('FollowUpSubmitted', { memberId: bo, salt: salt as Salt }, { on: '2026-05-05', by: bo });
    return foldInMemory(exchangeHistoryModel, events);
  };

  it('is no form, though everything else be known: what it is taken of holds random bits (R15, case 22)', () => {
    const [one, other] = SALTS.map((salt) => dumpFolded(exchangeHistoryModel, rowWith(salt)));
    expect(one).not.toEqual(other);
    expect(one?.[0]?.split(SALTS[0])).toHaveLength(4);
  });

  it('shows those bits to nobody (R15, case 22)', () => {
    const row = rowWith(SALTS[0]).rows.get(exchangeId) as HistoryRow;
    const askers: readonly Asker[] = [
      { as: 'auditor' },
      ...[ana, bo, moe].map((memberId) => ({ as: 'participant' as const, memberId, mediators: [moe], facilitates: false })),
    ];
    for (const asker of askers) expect(JSON.stringify(seenBy({ ...row, unsealed: true }, asker, NOW))).not.toContain(SALTS[0]);
  });
});
