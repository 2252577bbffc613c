import { ConfirmAgreement } from '#application/match/confirm-agreement';
import { GiveUpAgreement, GiveUpAgreementDto } from '#application/match/give-up-agreement';
import { PlanConnection, PlanConnectionDto } from '#application/match/plan-connection';
import { RecordAgreement, RecordAgreementDto } from '#application/match/record-agreement';
import type { MatchId, MemberId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';
import { meetingTime } from '../agenda';
import type { MatchNote } from '../world-model';
import { instantAt } from '#kernel/instant';
import { as, dto, type Reactions, type Simulation } from '../simulation';
import { criteria, methods, places } from '../texts';

const DAY = 86_400_000;
const MINUTES = [45, 60, 60, 90, 120] as const;
const SESSIONS = [
  [50, 1],
  [35, 2],
  [15, 3],
] as const;

/** R8: content, method, sessions and criteria. */
const agreementOf = (simulation: Simulation, matchId: MatchId, language: 'fr' | 'en'): RecordAgreementDto => {
  const random = simulation.random(`agreement ${matchId}`);
  const first = simulation.nowMs() + random.between(3, 14) * DAY;
  const hour = { pm: random.yes(0.5), quarter: random.whole(0, 10) };
  const minutes = random.of(MINUTES);
  return dto(RecordAgreementDto, {
    content:
      language === 'fr' ? 'Les bases, puis deux cas de travail du demandeur.' : 'The basics, then two cases from the learner’s own work.',
    method: random.of(methods[language]),
    place: random.of(places[language]),
    sessions: Array.from({ length: random.weighed(SESSIONS) }, (_, week) => ({
      start: instantAt(meetingTime(first + week * 7 * DAY, hour)),
      minutes,
    })),
    criteria: random
      .shuffled(criteria[language])
      .slice(0, random.whole(1, 3))
      .map((text) => ({ text })),
  });
};

const isUnagreed = (match: MatchNote | undefined): match is MatchNote => match?.status === 'confirmed' || match?.status === 'planned';

const record = async (simulation: Simulation, matchId: MatchId, by: DomainActor): Promise<void> => {
  if (!isUnagreed(simulation.world.matches.get(matchId))) return;
  const fields = agreementOf(simulation, matchId, simulation.languageOf(by.id));
  await simulation.give(by, (envelope) => new RecordAgreement(envelope, matchId, fields));
};

/** R9: a mediator who takes no part. */
export const mediatorFor = (simulation: Simulation, matchId: MatchId): MemberId | null => {
  const { participants } = simulation.world.matches.get(matchId) ?? { participants: [] };
  const free = [...simulation.world.mediators].filter((id) => !participants.some(({ memberId }) => memberId === id));
  return free.length === 0 ? null : simulation.random(`mediator of ${matchId} ${simulation.nowMs()}`).of(free);
};

const connect = async (simulation: Simulation, matchId: MatchId): Promise<void> => {
  const mediatorId = mediatorFor(simulation, matchId);
  if (mediatorId === null || !isUnagreed(simulation.world.matches.get(matchId))) return;
  const random = simulation.random(`connection ${matchId}`);
  const start = meetingTime(simulation.nowMs() + random.between(1, 6) * DAY, { pm: random.yes(0.5), quarter: random.whole(0, 8) });
  const fields = dto(PlanConnectionDto, {
    mediatorId,
    start: instantAt(start),
    place: random.of(places[simulation.languageOf(mediatorId)]),
  });
  await simulation.give(as(mediatorId, 'mediator'), (envelope) => new PlanConnection(envelope, matchId, fields));
};

/** After how many days somebody sees to a confirmed match; null: nobody does. */
const DELAYS = [
  [92, 6],
  [6, 24],
  [2, null],
] as const;

export const agreeingReactions: Reactions = {
  MatchConfirmed: (simulation, { data: { matchId, participants, connectionWaived } }) => {
    const random = simulation.random(`confirmed ${matchId}`);
    const giver = participants.find(({ role }) => role === 'giver');
    if (connectionWaived && giver) simulation.after(random.between(0.5, 6), () => record(simulation, matchId, as(giver.memberId)));
    const delay = random.weighed(DELAYS);
    if (connectionWaived || delay === null) return;
    simulation.after(random.between(delay > 6 ? 15 : 0.3, delay), () => connect(simulation, matchId));
  },
  ConnectionPlanned: (simulation, { data: { matchId, mediatorId, start } }) => {
    const random = simulation.random(`connected ${matchId} ${start}`);
    const agrees = random.yes(0.93);
    if (!agrees && random.yes(0.3)) return;
    simulation.agenda.plan(Date.parse(start) + 2 * 3_600_000, async () => {
      if (simulation.world.matches.get(matchId)?.mediatorId !== mediatorId) return;
      // Who is no mediator any more hands over to another.
      if (!simulation.world.mediators.has(mediatorId)) return connect(simulation, matchId);
      const by = as(mediatorId, 'mediator');
      if (agrees) return record(simulation, matchId, by);
      const fields = dto(GiveUpAgreementDto, { reason: 'participants-declined' });
      await simulation.give(by, (envelope) => new GiveUpAgreement(envelope, matchId, fields));
    });
  },
  AgreementReached: (simulation, { data: { matchId, awaiting } }) => {
    for (const memberId of awaiting) {
      const random = simulation.random(`confirms agreement ${matchId} ${memberId}`);
      if (!random.yes(0.96)) continue;
      simulation.after(random.between(0.2, 3), async () => {
        if (
          !simulation.world.matches.get(matchId)?.awaiting.includes(memberId) ||
          simulation.world.matches.get(matchId)?.status !== 'agreed'
        )
          return;
        await simulation.give(as(memberId), (envelope) => new ConfirmAgreement(envelope, matchId));
      });
    }
  },
};
