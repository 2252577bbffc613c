import { CancelExchange, CancelExchangeDto } from '#application/exchange/cancel-exchange';
import { ConfirmHeld } from '#application/exchange/confirm-held';
import { ContestNoShow } from '#application/exchange/contest-no-show';
import { CorrectSession, CorrectSessionDto } from '#application/exchange/correct-session';
import { DropOut, DropOutDto } from '#application/exchange/drop-out';
import { InterruptExchange, InterruptExchangeDto } from '#application/exchange/interrupt-exchange';
import { PlanSession, PlanSessionDto } from '#application/exchange/plan-session';
import { ReportNoShow, ReportNoShowDto } from '#application/exchange/report-no-show';
import { ReportSession, ReportSessionDto } from '#application/exchange/report-session';
import { RescheduleSession, RescheduleSessionDto } from '#application/exchange/reschedule-session';
import { SettleHeld, SettleHeldDto } from '#application/exchange/settle-held';
import type { ExchangeId, SessionId } from '#domain/ids';
import type { PlannedSession } from '#domain/match/match.events';
import type { DomainActor, Participant } from '#domain/vocabulary';
import { meetingTime } from '../agenda';
import type { ExchangeNote } from '../book';
import type { Chance } from '../seeded-random';
import { instantAt } from '#kernel/instant';
import { as, dto, type Reactions, type Stage } from '../stage';

const DAY = 86_400_000;
const endOf = ({ start, minutes }: PlannedSession): number => Date.parse(start) + minutes * 60_000;

const open = (stage: Stage, exchangeId: ExchangeId): ExchangeNote | null => {
  const exchange = stage.book.exchanges.get(exchangeId);
  return exchange?.status === 'open' && exchange.dispute === null ? exchange : null;
};

/** Whoever mediates: the exchange's own, any other where there is none any more (R9). */
const mediatorOf = (stage: Stage, { mediatorId, everyone }: ExchangeNote): DomainActor | null => {
  const may = (id: string): boolean => !everyone.some(({ memberId }) => memberId === id);
  if (mediatorId !== null && stage.book.mediators.has(mediatorId)) return as(mediatorId, 'mediator');
  const [other] = [...stage.book.mediators].filter(may);
  return other === undefined ? null : as(other, 'mediator');
};

/** Moves a session, or plans it once more. */
const move = async (
  stage: Stage,
  { exchangeId, sessionId }: { exchangeId: ExchangeId; sessionId: SessionId },
  chance: Chance,
): Promise<void> => {
  const exchange = open(stage, exchangeId);
  const session = exchange?.planned.get(sessionId);
  const [by] = exchange?.participants ?? [];
  if (!session || !by) return;
  const start = instantAt(meetingTime(stage.nowMs() + chance.between(2, 9) * DAY, { pm: chance.yes(0.5), quarter: chance.whole(0, 10) }));
  const fields = dto(RescheduleSessionDto, { start, minutes: session.minutes });
  await stage.give(as(by.memberId), (envelope) => new RescheduleSession(envelope, exchangeId, sessionId, fields));
};

const followSession = (stage: Stage, exchangeId: ExchangeId, session: PlannedSession): void => {
  const chance = stage.chance(`session ${session.sessionId} ${session.start}`);
  const target = { exchangeId, sessionId: session.sessionId };
  if (chance.yes(0.06)) {
    // Mostly in good time; sometimes the day before.
    const ahead = chance.yes(0.6) ? chance.between(2, 4) : chance.between(0.3, 0.9);
    stage.agenda.plan(Date.parse(session.start) - ahead * DAY, () => move(stage, target, chance));
  }
  stage.agenda.plan(endOf(session), async () => {
    const exchange = open(stage, exchangeId);
    if (exchange?.planned.get(session.sessionId)?.start !== session.start) return;
    await (chance.yes(0.03) ? noShow(stage, exchange, { session, chance }) : report(stage, exchange, { session, chance }));
  });
};

const present = (exchange: ExchangeNote, session: PlannedSession, chance: Chance): readonly object[] => {
  const outside = chance.yes(0.07) ? Math.min(session.minutes, chance.of([15, 30, 60])) : 0;
  const there = ({ role }: Participant): boolean => role === 'giver' || exchange.participants.length === 2 || chance.yes(0.93);
  return exchange.participants.filter(there).map(({ memberId, role }) => ({ memberId, role, minutesOutside: outside }));
};

const report = async (
  stage: Stage,
  exchange: ExchangeNote,
  { session, chance }: { session: PlannedSession; chance: Chance },
): Promise<void> => {
  // One in a hundred exchanges is never reported.
  if (stage.chance(`reported ${exchange.exchangeId}`).yes(0.012)) return;
  const [first, second] = exchange.participants;
  const mediator = chance.yes(0.1) ? mediatorOf(stage, exchange) : null;
  const by = mediator ?? as((chance.yes(0.7) ? first : second)?.memberId ?? first!.memberId);
  const { sessionId, start, minutes } = session;
  const fields = dto(ReportSessionDto, { sessionId, start, minutes, present: present(exchange, session, chance) });
  await stage.give(by, (envelope) => new ReportSession(envelope, exchange.exchangeId, fields));
};

const noShow = async (
  stage: Stage,
  exchange: ExchangeNote,
  { session, chance }: { session: PlannedSession; chance: Chance },
): Promise<void> => {
  const [absent, other] = chance.shuffled(exchange.participants);
  if (!absent || !other) return;
  const { exchangeId } = exchange;
  const fields = dto(ReportNoShowDto, { memberId: absent.memberId });
  await stage.give(as(other.memberId), (envelope) => new ReportNoShow(envelope, exchangeId, session.sessionId, fields));
  if (chance.yes(0.25))
    stage.after(chance.between(0.5, 4), async () => {
      await stage.give(as(absent.memberId), (envelope) => new ContestNoShow(envelope, exchangeId, session.sessionId));
    });
  if (chance.yes(0.85)) stage.after(chance.between(1, 5), () => move(stage, { exchangeId, sessionId: session.sessionId }, chance));
};

/** R12: each for themselves; where one side stays silent, the mediator settles it. */
const confirm = (stage: Stage, exchange: ExchangeNote): void => {
  const { exchangeId } = exchange;
  const chance = stage.chance(`confirm ${exchangeId} ${exchange.reported.size}`);
  for (const { memberId } of exchange.participants) {
    if (!exchange.present.has(memberId) || !chance.yes(0.96)) continue;
    stage.after(chance.between(0.1, 4), async () => {
      if (open(stage, exchangeId)) await stage.give(as(memberId), (envelope) => new ConfirmHeld(envelope, exchangeId));
    });
  }
  const outcome = chance.yes(0.9) ? 'held' : 'not-held';
  stage.after(chance.between(14, 20), async () => {
    const late = open(stage, exchangeId);
    const mediator = late && mediatorOf(stage, late);
    if (mediator) await stage.give(mediator, (envelope) => new SettleHeld(envelope, exchangeId, dto(SettleHeldDto, { outcome })));
  });
};

/** What may end it before, besides a plan that holds. */
const mishaps = (stage: Stage, exchange: ExchangeNote): void => {
  const { exchangeId, participants, planned } = exchange;
  const chance = stage.chance(`mishaps ${exchangeId}`);
  const firstStart = Math.min(...[...planned.values()].map(({ start }) => Date.parse(start)));
  const somebody = chance.of(participants);
  const unless = (give: () => Promise<unknown>) => async () => void (open(stage, exchangeId) && (await give()));
  if (chance.yes(0.03)) {
    const reason = chance.of(['no-time', 'no-longer-needed', 'other']);
    const cancel = () =>
      stage.give(as(somebody.memberId), (envelope) => new CancelExchange(envelope, exchangeId, dto(CancelExchangeDto, { reason })));
    stage.agenda.plan(firstStart - chance.between(0.2, 4) * DAY, unless(cancel));
  } else if (chance.yes(participants.length > 2 ? 0.08 : 0.006)) {
    const dropped = participants.at(-1) ?? somebody;
    const fields = dto(DropOutDto, { reason: 'own-choice' });
    const drop = () => stage.give(as(dropped.memberId), (envelope) => new DropOut(envelope, exchangeId, dropped.memberId, fields));
    stage.agenda.plan(firstStart - chance.between(0.2, 4) * DAY, unless(drop));
  } else if (planned.size > 1 && chance.yes(0.02)) {
    const fields = dto(InterruptExchangeDto, { reason: 'by-participants' });
    const interrupt = () => stage.give(as(somebody.memberId), (envelope) => new InterruptExchange(envelope, exchangeId, fields));
    stage.agenda.plan(firstStart + 3 * DAY, unless(interrupt));
  }
};

const correct = (stage: Stage, exchangeId: ExchangeId, sessionId: SessionId): void => {
  const exchange = stage.book.exchanges.get(exchangeId);
  const chance = stage.chance(`correct ${sessionId}`);
  const one = exchange && chance.of(exchange.participants);
  if (!one || !chance.yes(0.03)) return;
  const now = exchange.participants.length > 2 && one.role === 'learner' && chance.yes(0.3) ? null : { role: one.role, minutesOutside: 20 };
  stage.after(chance.between(0.2, 10), async () => {
    await stage.give(as(one.memberId), (envelope) => new CorrectSession(envelope, exchangeId, sessionId, dto(CorrectSessionDto, { now })));
  });
};

export const holdingReactions: Reactions = {
  ExchangeAgreed: (stage, { data: { exchangeId, agreement } }) => {
    const exchange = stage.book.exchanges.get(exchangeId);
    for (const session of agreement.sessions) followSession(stage, exchangeId, session);
    if (exchange) mishaps(stage, exchange);
  },
  ExchangeRescheduled: (stage, { data: { exchangeId, to } }) => followSession(stage, exchangeId, to),
  SessionHeld: (stage, { data: { exchangeId, sessionId } }) => {
    const exchange = stage.book.exchanges.get(exchangeId);
    correct(stage, exchangeId, sessionId);
    if (!exchange || exchange.reported.size < exchange.planned.size) return;
    const chance = stage.chance(`one more ${exchangeId} ${exchange.planned.size}`);
    if (!chance.yes(0.03)) return confirm(stage, exchange);
    const [giver] = exchange.participants;
    const start = instantAt(meetingTime(stage.nowMs() + 7 * DAY, { pm: true, quarter: 2 }));
    stage.after(0.1, async () => {
      if (!giver || !open(stage, exchangeId)) return;
      await stage.give(
        as(giver.memberId),
        (envelope) => new PlanSession(envelope, exchangeId, dto(PlanSessionDto, { start, minutes: 60 })),
      );
    });
  },
  /** A session that nobody came to and nobody planned again must not keep the rest from being held. */
  NoShowReported: (stage, { data: { exchangeId } }) => {
    stage.after(25, async () => {
      const exchange = open(stage, exchangeId);
      if (exchange && exchange.reported.size > 0) confirm(stage, exchange);
    });
  },
};
