import { eventExamples } from '#testing/event-examples';
import { lyon } from '#testing/network-facts';
import { ana, bo, fay, moe } from '#testing/people';
import { projected, type Projected } from '#testing/projected';
import { instant, storyteller } from '#testing/histories/story';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Recorded } from '#kernel/message';
import { queueItemOf } from './match-queue.feed';
import { matchQueue, type QueueEvent, type QueueRow } from './match-queue.projection';
import { ReadMatchQueue, ReadMatchQueueHandler, type QueueFilter } from './match-queue.queries';
import { matchQueueModel } from './match-queue.table';

const { exchangeId } = eventExamples.ExchangeAgreed;
const attendees = [
  { memberId: ana, role: 'giver' },
  { memberId: bo, role: 'learner' },
] as const;
const windows = { evaluateBy: instant('2026-04-01'), followUpFrom: instant('2026-05-01'), followUpUntil: instant('2026-05-31') };

type Answered = 'nobody' | 'the learner' | 'both';

/** Held on 2 March; what was answered of it since. */
const story = (answered: Answered): readonly RecordedEvent[] => {
  const { told, events } = storyteller();
  told('ExchangeAgreed', { networkId: lyon, mediatorId: moe }, { on: '2026-03-01' });
  told('ExchangeHeld', { networkId: lyon, present: attendees, ...windows }, { on: '2026-03-02' });
  if (answered === 'nobody') return events;
  told('EvaluationSubmitted', { networkId: lyon, memberId: bo, role: 'learner' }, { on: '2026-03-04', by: bo });
  if (answered === 'the learner') return events;
  told('EvaluationSubmitted', { networkId: lyon, memberId: ana, role: 'giver' }, { on: '2026-03-05', by: ana });
  told('ExchangeEvaluated', { networkId: lyon, submitted: attendees }, { on: '2026-03-05' });
  told('ExchangeClosed', { networkId: lyon, outcome: 'all', submitted: attendees, missed: [] }, { on: '2026-03-05' });
  told('FollowUpDue', { networkId: lyon, learners: [bo], until: windows.followUpUntil }, { on: '2026-05-01' });
  told('FollowUpSubmitted', { networkId: lyon, memberId: bo }, { on: '2026-05-02', by: bo });
  return events;
};

describe('who has evaluated, or followed up', () => {
  const here: Partial<Record<Answered, Projected>> = {};
  const seen = async (answered: Answered, filter: QueueFilter, day: string) => {
    const page = { now: instant(day), limit: 10, allScoreParts: true };
    const { items } = await new ReadMatchQueueHandler(here[answered]!.store).execute(new ReadMatchQueue(lyon, filter, page));
    return items.map(({ kind, id, who, why, since, until, overdue, affair }) => ({ kind, id, who, why, since, until, overdue, affair }));
  };
  const lines = async (answered: Answered, filter: QueueFilter, day: string) =>
    (await seen(answered, filter, day)).map(({ who, why, until }) => `${who}: ${why} until ${until?.slice(0, 10)}`);

  beforeAll(async () => {
    for (const answered of ['nobody', 'the learner', 'both'] as const) here[answered] = await projected([matchQueueModel], story(answered));
  });
  afterAll(() => Promise.all(Object.values(here).map((one) => one.end())));

  it('is told no facilitator: one line until the window ends, the same whoever has (R15, case 27)', async () => {
    for (const day of ['2026-03-03', '2026-03-06', '2026-03-31']) {
      expect(await lines('nobody', { own: fay }, day)).toEqual(['participants: evaluate until 2026-04-01']);
      for (const answered of ['the learner', 'both'] as const)
        expect(await seen(answered, { own: fay }, day)).toEqual(await seen('nobody', { own: fay }, day));
    }
    for (const answered of ['the learner', 'both'] as const) {
      expect(await lines(answered, { own: fay }, '2026-04-02')).toEqual([]);
      expect(await lines(answered, {}, '2026-05-10')).toEqual(['participants: follow-up until 2026-05-31']);
      expect(await lines(answered, {}, '2026-06-01')).toEqual([]);
    }
  });

  it('is told themself, by what waits for them, and a facilitator who took part nothing more (R15, case 27)', async () => {
    const evaluate = (who: string) => `${who}: evaluate until 2026-04-01`;
    expect(await lines('nobody', { who: [bo, 'member'] }, '2026-03-06')).toEqual([evaluate(bo)]);
    expect(await lines('the learner', { who: [bo, 'member'] }, '2026-03-06')).toEqual([]);
    expect(await lines('the learner', { who: [ana, 'member'] }, '2026-03-06')).toEqual([evaluate(ana)]);
    expect((await lines('the learner', { own: ana }, '2026-03-06')).sort()).toEqual([evaluate(ana), evaluate('participants')]);
    const [own] = await seen('the learner', { who: [ana] }, '2026-03-06');
    expect(own).toMatchObject({ kind: 'exchange', id: exchangeId, affair: { mediatorId: moe, others: [ana] } });
    expect(own!.affair.participants).toHaveLength(eventExamples.ExchangeAgreed.participants.length);
  });

  it('changes nothing that a feed tells, not even when (R15, case 27)', () => {
    const shared = new Map<string, QueueRow>();
    for (const event of story('both') as readonly Recorded<QueueEvent>[]) {
      if (!(event.type in matchQueue.handles)) continue;
      for (const key of matchQueue.keys(event)) {
        const { row } = matchQueue.evolve(shared.get(key), event, key);
        const network = row && matchQueueModel.columns['network_id']!.of(row, key);
        if (event.meta.recordedAt > instant('2026-03-02')) expect(network ?? null).toBeNull();
        if (row) shared.set(key, row);
        else shared.delete(key);
      }
    }
    expect([...shared.values()].map(queueItemOf)).toEqual([null]);
  });

  it('is not told by a dispute that closes the exchange either (R15)', () => {
    const after = (answered: Answered) => {
      const rows = new Map<string, QueueRow>();
      const { told, events } = storyteller();
      told('ExchangeDisputed', { networkId: lyon }, { on: '2026-03-20', by: ana });
      told('DisputeSettled', { networkId: lyon, outcome: 'closed' }, { on: '2026-03-21', by: fay });
      for (const event of [...story(answered), ...events] as readonly Recorded<QueueEvent>[]) {
        if (!(event.type in matchQueue.handles)) continue;
        for (const key of matchQueue.keys(event)) rows.set(key, matchQueue.evolve(rows.get(key), event, key).row as QueueRow);
      }
      return rows.get(`exchange/${exchangeId}`)!.waits.map(({ who, why }) => `${who}: ${why}`);
    };
    expect(after('nobody')).toEqual(['participants: follow-up']);
    expect(after('both')).toEqual(after('nobody'));
  });
});
