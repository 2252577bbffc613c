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
import type { ExchangeNote } from '../world-model';
import type { SeededRandom } from '../seeded-random';
import { instantAt } from '#kernel/instant';
import { as, dto, type Reactions, type Simulation } from '../simulation';

const DAY = 86_400_000;
const endOf = ({ start, minutes }: PlannedSession): number => Date.parse(start) + minutes * 60_000;

const open = (simulation: Simulation, exchangeId: ExchangeId): ExchangeNote | null => {
  const exchange = simulation.world.exchanges.get(exchangeId);
  return exchange?.status === 'open' && exchange.dispute === null ? exchange : null;
};

/** Whoever mediates: the exchange's own, any other where there is none any more (R9). */
const mediatorOf = (simulation: Simulation, { mediatorId, everyone }: ExchangeNote): DomainActor | null => {
  const may = (id: string): boolean => !everyone.some(({ memberId }) => memberId === id);
  if (mediatorId !== null && simulation.world.mediators.has(mediatorId)) return as(mediatorId, 'mediator');
  const [other] = [...simulation.world.mediators].filter(may);
  return other === undefined ? null : as(other, 'mediator');
};

/** Moves a session, or plans it once more. */
const move = async (
  simulation: Simulation,
  { exchangeId, sessionId }: { exchangeId: ExchangeId; sessionId: SessionId },
  random: SeededRandom,
): Promise<void> => {
  const exchange = open(simulation, exchangeId);
  const session = exchange?.planned.get(sessionId);
  const [by] = exchange?.participants ?? [];
  if (!session || !by) return;
  const start = instantAt(
    meetingTime(simulation.nowMs() + random.between(2, 9) * DAY, { pm: random.yes(0.5), quarter: random.whole(0, 10) }),
  );
  const fields = dto(RescheduleSessionDto, { start, minutes: session.minutes });
  await simulation.give(as(by.memberId), (envelope) => new RescheduleSession(envelope, exchangeId, sessionId, fields));
};

const followSession = (simulation: Simulation, exchangeId: ExchangeId, session: PlannedSession): void => {
  const random = simulation.random(`session ${session.sessionId} ${session.start}`);
  const target = { exchangeId, sessionId: session.sessionId };
  if (random.yes(0.06)) {
    // Mostly in good time; sometimes the day before.
    const ahead = random.yes(0.6) ? random.between(2, 4) : random.between(0.3, 0.9);
    simulation.agenda.plan(Date.parse(session.start) - ahead * DAY, () => move(simulation, target, random));
  }
  simulation.agenda.plan(endOf(session), async () => {
    const exchange = open(simulation, exchangeId);
    if (exchange?.planned.get(session.sessionId)?.start !== session.start) return;
    await (random.yes(0.03) ? noShow(simulation, exchange, { session, random }) : report(simulation, exchange, { session, random }));
  });
};

const present = (exchange: ExchangeNote, session: PlannedSession, random: SeededRandom): readonly object[] => {
  const outside = random.yes(0.07) ? Math.min(session.minutes, random.of([15, 30, 60])) : 0;
  const there = ({ role }: Participant): boolean => role === 'giver' || exchange.participants.length === 2 || random.yes(0.93);
  return exchange.participants.filter(there).map(({ memberId, role }) => ({ memberId, role, minutesOutside: outside }));
};

const report = async (
  simulation: Simulation,
  exchange: ExchangeNote,
  { session, random }: { session: PlannedSession; random: SeededRandom },
): Promise<void> => {
  // One in a hundred exchanges is never reported.
  if (simulation.random(`reported ${exchange.exchangeId}`).yes(0.012)) return;
  const [first, second] = exchange.participants;
  const mediator = random.yes(0.1) ? mediatorOf(simulation, exchange) : null;
  const by = mediator ?? as((random.yes(0.7) ? first : second)?.memberId ?? first!.memberId);
  const { sessionId, start, minutes } = session;
  const fields = dto(ReportSessionDto, { sessionId, start, minutes, present: present(exchange, session, random) });
  await simulation.give(by, (envelope) => new ReportSession(envelope, exchange.exchangeId, fields));
};

const noShow = async (
  simulation: Simulation,
  exchange: ExchangeNote,
  { session, random }: { session: PlannedSession; random: SeededRandom },
): Promise<void> => {
  const [absent, other] = random.shuffled(exchange.participants);
  if (!absent || !other) return;
  const { exchangeId } = exchange;
  const fields = dto(ReportNoShowDto, { memberId: absent.memberId });
  await simulation.give(as(other.memberId), (envelope) => new ReportNoShow(envelope, exchangeId, session.sessionId, fields));
  if (random.yes(0.25))
    simulation.after(random.between(0.5, 4), async () => {
      await simulation.give(as(absent.memberId), (envelope) => new ContestNoShow(envelope, exchangeId, session.sessionId));
    });
  if (random.yes(0.85))
    simulation.after(random.between(1, 5), () => move(simulation, { exchangeId, sessionId: session.sessionId }, random));
};

/** R12: each for themselves; where one side stays silent, the mediator settles it. */
const confirm = (simulation: Simulation, exchange: ExchangeNote): void => {
  const { exchangeId } = exchange;
  const random = simulation.random(`confirm ${exchangeId} ${exchange.reported.size}`);
  for (const { memberId } of exchange.participants) {
    if (!exchange.present.has(memberId) || !random.yes(0.96)) continue;
    simulation.after(random.between(0.1, 4), async () => {
      if (open(simulation, exchangeId)) await simulation.give(as(memberId), (envelope) => new ConfirmHeld(envelope, exchangeId));
    });
  }
  const outcome = random.yes(0.9) ? 'held' : 'not-held';
  simulation.after(random.between(14, 20), async () => {
    const late = open(simulation, exchangeId);
    const mediator = late && mediatorOf(simulation, late);
    if (mediator) await simulation.give(mediator, (envelope) => new SettleHeld(envelope, exchangeId, dto(SettleHeldDto, { outcome })));
  });
};

/** What may end it before, besides a plan that holds. */
const mishaps = (simulation: Simulation, exchange: ExchangeNote): void => {
  const { exchangeId, participants, planned } = exchange;
  const random = simulation.random(`mishaps ${exchangeId}`);
  const firstStart = Math.min(...[...planned.values()].map(({ start }) => Date.parse(start)));
  const somebody = random.of(participants);
  const unless = (give: () => Promise<unknown>) => async () => void (open(simulation, exchangeId) && (await give()));
  if (random.yes(0.03)) {
    const reason = random.of(['no-time', 'no-longer-needed', 'other']);
    const cancel = () =>
      simulation.give(as(somebody.memberId), (envelope) => new CancelExchange(envelope, exchangeId, dto(CancelExchangeDto, { reason })));
    simulation.agenda.plan(firstStart - random.between(0.2, 4) * DAY, unless(cancel));
  } else if (random.yes(participants.length > 2 ? 0.08 : 0.006)) {
    const dropped = participants.at(-1) ?? somebody;
    const fields = dto(DropOutDto, { reason: 'own-choice' });
    const drop = () => simulation.give(as(dropped.memberId), (envelope) => new DropOut(envelope, exchangeId, dropped.memberId, fields));
    simulation.agenda.plan(firstStart - random.between(0.2, 4) * DAY, unless(drop));
  } else if (planned.size > 1 && random.yes(0.02)) {
    const fields = dto(InterruptExchangeDto, { reason: 'by-participants' });
    const interrupt = () => simulation.give(as(somebody.memberId), (envelope) => new InterruptExchange(envelope, exchangeId, fields));
    simulation.agenda.plan(firstStart + 3 * DAY, unless(interrupt));
  }
};

const correct = (simulation: Simulation, exchangeId: ExchangeId, sessionId: SessionId): void => {
  const exchange = simulation.world.exchanges.get(exchangeId);
  const random = simulation.random(`correct ${sessionId}`);
  const one = exchange && random.of(exchange.participants);
  if (!one || !random.yes(0.03)) return;
  const now = exchange.participants.length > 2 && one.role === 'learner' && random.yes(0.3) ? null : { role: one.role, minutesOutside: 20 };
  simulation.after(random.between(0.2, 10), async () => {
    await simulation.give(
      as(one.memberId),
      (envelope) => new CorrectSession(envelope, exchangeId, sessionId, dto(CorrectSessionDto, { now })),
    );
  });
};

export const holdingReactions: Reactions = {
  ExchangeAgreed: (simulation, { data: { exchangeId, agreement } }) => {
    const exchange = simulation.world.exchanges.get(exchangeId);
    for (const session of agreement.sessions) followSession(simulation, exchangeId, session);
    if (exchange) mishaps(simulation, exchange);
  },
  ExchangeRescheduled: (simulation, { data: { exchangeId, to } }) => followSession(simulation, exchangeId, to),
  SessionHeld: (simulation, { data: { exchangeId, sessionId } }) => {
    const exchange = simulation.world.exchanges.get(exchangeId);
    correct(simulation, exchangeId, sessionId);
    if (!exchange || exchange.reported.size < exchange.planned.size) return;
    const random = simulation.random(`one more ${exchangeId} ${exchange.planned.size}`);
    if (!random.yes(0.03)) return confirm(simulation, exchange);
    const [giver] = exchange.participants;
    const start = instantAt(meetingTime(simulation.nowMs() + 7 * DAY, { pm: true, quarter: 2 }));
    simulation.after(0.1, async () => {
      if (!giver || !open(simulation, exchangeId)) return;
      await simulation.give(
        as(giver.memberId),
        (envelope) => new PlanSession(envelope, exchangeId, dto(PlanSessionDto, { start, minutes: 60 })),
      );
    });
  },
  /** A session that nobody came to and nobody planned again must not keep the rest from being held. */
  NoShowReported: (simulation, { data: { exchangeId } }) => {
    simulation.after(25, async () => {
      const exchange = open(simulation, exchangeId);
      if (exchange && exchange.reported.size > 0) confirm(simulation, exchange);
    });
  },
};
