import type { Recorded } from '#kernel/message';
import type { Instant } from '#kernel/id';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import type { ExchangeId } from '#domain/ids';
import type { ExchangeRole } from '#domain/vocabulary';
import { exchangeHistory, type HistoryRow } from '#projections/exchange-history/exchange-history.projection';
import { seenBy, type Asker } from '#projections/exchange-history/exchange-history.queries';
import { queueItemOf } from '#projections/match-queue/match-queue.feed';
import { matchQueue, type QueueEvent, type QueueRow } from '#projections/match-queue/match-queue.projection';
import { matchQueueModel } from '#projections/match-queue/match-queue.table';
import { member } from '#testing/networks/satisfaction-network';
import { instant, storyteller } from '#testing/histories/story';
import type { Met } from './population';

type ExchangeEvents = readonly Recorded<ExchangeEvent>[];

const HELD = '2026-03-02';
const windows = { evaluateBy: instant('2026-04-01'), followUpFrom: instant('2026-05-01'), followUpUntil: instant('2026-05-31') };
const DAYS = ['2026-03-03', '2026-03-20', '2026-04-02', '2026-05-10', '2026-06-01'].map(instant);

/** One exchange from its agreement on, as the domain has it: closed when the last is in, else when the window ends. */
const storyOf = ({ id, giver, learners }: Met, answering: readonly string[]): ExchangeEvents => {
  const { told, events } = storyteller();
  const exchangeId = id as ExchangeId;
  const roleOf = (name: string): ExchangeRole => (name === giver ? 'giver' : 'learner');
  const there = [giver, ...learners].map((name) => ({ memberId: member(name), role: roleOf(name) }));
  const [submitted, missed] = [true, false].map((is) => there.filter(({ memberId }) => answering.includes(memberId) === is));
  told('ExchangeAgreed', { exchangeId, participants: there as never }, { on: '2026-03-01' });
  told('ExchangeHeld', { exchangeId, present: there, ...windows }, { on: HELD });
  submitted!.forEach(({ memberId, role }, nth) =>
    told('EvaluationSubmitted', { exchangeId, memberId, role }, { on: `2026-03-${10 + nth}`, by: memberId }),
  );
  const closed = missed!.length === 0 ? '2026-03-15' : '2026-04-01';
  if (submitted!.length > 0) told('ExchangeEvaluated', { exchangeId, submitted: submitted! }, { on: closed });
  told('ExchangeClosed', { exchangeId, submitted: submitted!, missed: missed! }, { on: closed });
  told('FollowUpDue', { exchangeId, learners: learners.map(member), until: windows.followUpUntil }, { on: '2026-05-01' });
  for (const name of learners)
    if (answering.includes(name)) told('FollowUpSubmitted', { exchangeId, memberId: member(name) }, { on: '2026-05-05', by: name });
  return events as ExchangeEvents;
};

/** How somebody is shown an exchange in which they have no place. */
export interface Eyes {
  /** Whether its lines are in their queue, and its changes in their feed. */
  readonly isShared: (row: QueueRow, key: string) => boolean;
  readonly isFollowed: (row: QueueRow, key: string) => boolean;
  readonly history: (row: HistoryRow, now: Instant) => unknown;
}

const FACILITATOR: Asker = { as: 'participant', memberId: member('nobody of it'), mediators: [], facilitates: true };

const isOfNetwork: Eyes['isShared'] = (row, key) => matchQueueModel.columns['network_id']!.of(row, key) !== null;

export const facilitatorsEyes: Eyes = {
  isShared: isOfNetwork,
  isFollowed: isOfNetwork,
  history: (row, now) => seenBy(row, FACILITATOR, now),
};

interface Seen {
  /** What the feed tells, and when. */
  readonly frames: unknown[];
  readonly days: unknown[];
}

const linesAt = (rows: ReadonlyMap<string, QueueRow>, now: Instant) =>
  [...rows.values()].flatMap(({ waits }) => waits.filter(({ from, until }) => from <= now && (until === null || now <= until)));

const seenOf = (story: ExchangeEvents, eyes: Eyes): Seen => {
  const [rows, seen]: [Map<string, QueueRow>, Seen] = [new Map(), { frames: [], days: [] }];
  let history: HistoryRow | undefined;
  const shared = (): ReadonlyMap<string, QueueRow> => new Map([...rows].filter(([key, row]) => eyes.isShared(row, key)));
  const look = (upTo: string): void => {
    while (seen.days.length < DAYS.length && DAYS[seen.days.length]! < upTo) {
      const now = DAYS[seen.days.length]!;
      seen.days.push([linesAt(shared(), now), history && eyes.history(history, now)]);
    }
  };
  for (const event of story) {
    look(event.meta.recordedAt);
    history = exchangeHistory.evolve(history, event, event.data.exchangeId).row ?? undefined;
    if (!(event.type in matchQueue.handles)) continue;
    const queued = { ...event, meta: { ...event.meta, stream: `exchange-${event.data.exchangeId}` } } as Recorded<QueueEvent>;
    for (const key of matchQueue.keys(queued)) {
      const before = rows.get(key);
      const { row } = matchQueue.evolve(before, queued, key);
      const either = row ?? before;
      if (either && eyes.isFollowed(either, key)) seen.frames.push([event.meta.recordedAt, key, row && queueItemOf(row)]);
      if (row) rows.set(key, row);
      else rows.delete(key);
    }
  }
  look('~');
  return seen;
};

/** What is shown of an exchange must be the same as if nobody had answered. */
export const tellsWhoAnswered = (met: Met, eyes: Eyes): boolean =>
  JSON.stringify(seenOf(storyOf(met, met.answering), eyes)) !== JSON.stringify(seenOf(storyOf(met, []), eyes));
