import { ConfirmAgreement } from '#application/match/confirm-agreement';
import { GiveUpAgreement, GiveUpAgreementDto } from '#application/match/give-up-agreement';
import { PlanConnection, PlanConnectionDto } from '#application/match/plan-connection';
import { RecordAgreement, RecordAgreementDto } from '#application/match/record-agreement';
import type { MatchId, MemberId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';
import { meetingTime } from '../agenda';
import type { MatchNote } from '../book';
import { instantAt } from '#kernel/instant';
import { as, dto, type Reactions, type Stage } from '../stage';
import { criteria, methods, places } from '../texts';

const DAY = 86_400_000;
const MINUTES = [45, 60, 60, 90, 120] as const;
const SESSIONS = [
  [50, 1],
  [35, 2],
  [15, 3],
] as const;

/** R8: content, method, sessions and criteria. */
const agreementOf = (stage: Stage, matchId: MatchId, language: 'fr' | 'en'): RecordAgreementDto => {
  const chance = stage.chance(`agreement ${matchId}`);
  const first = stage.nowMs() + chance.between(3, 14) * DAY;
  const hour = { pm: chance.yes(0.5), quarter: chance.whole(0, 10) };
  const minutes = chance.of(MINUTES);
  return dto(RecordAgreementDto, {
    content:
      language === 'fr' ? 'Les bases, puis deux cas de travail du demandeur.' : 'The basics, then two cases from the learner’s own work.',
    method: chance.of(methods[language]),
    place: chance.of(places[language]),
    sessions: Array.from({ length: chance.weighed(SESSIONS) }, (_, week) => ({
      start: instantAt(meetingTime(first + week * 7 * DAY, hour)),
      minutes,
    })),
    criteria: chance
      .shuffled(criteria[language])
      .slice(0, chance.whole(1, 3))
      .map((text) => ({ text })),
  });
};

const isUnagreed = (match: MatchNote | undefined): match is MatchNote => match?.status === 'confirmed' || match?.status === 'planned';

const record = async (stage: Stage, matchId: MatchId, by: DomainActor): Promise<void> => {
  if (!isUnagreed(stage.book.matches.get(matchId))) return;
  const fields = agreementOf(stage, matchId, stage.languageOf(by.id));
  await stage.give(by, (envelope) => new RecordAgreement(envelope, matchId, fields));
};

/** R9: a mediator who takes no part. */
export const mediatorFor = (stage: Stage, matchId: MatchId): MemberId | null => {
  const { participants } = stage.book.matches.get(matchId) ?? { participants: [] };
  const free = [...stage.book.mediators].filter((id) => !participants.some(({ memberId }) => memberId === id));
  return free.length === 0 ? null : stage.chance(`mediator of ${matchId} ${stage.nowMs()}`).of(free);
};

const connect = async (stage: Stage, matchId: MatchId): Promise<void> => {
  const mediatorId = mediatorFor(stage, matchId);
  if (mediatorId === null || !isUnagreed(stage.book.matches.get(matchId))) return;
  const chance = stage.chance(`connection ${matchId}`);
  const start = meetingTime(stage.nowMs() + chance.between(1, 6) * DAY, { pm: chance.yes(0.5), quarter: chance.whole(0, 8) });
  const fields = dto(PlanConnectionDto, { mediatorId, start: instantAt(start), place: chance.of(places[stage.languageOf(mediatorId)]) });
  await stage.give(as(mediatorId, 'mediator'), (envelope) => new PlanConnection(envelope, matchId, fields));
};

/** After how many days somebody sees to a confirmed match; null: nobody does. */
const DELAYS = [
  [92, 6],
  [6, 24],
  [2, null],
] as const;

export const agreeingReactions: Reactions = {
  MatchConfirmed: (stage, { data: { matchId, participants, connectionWaived } }) => {
    const chance = stage.chance(`confirmed ${matchId}`);
    const giver = participants.find(({ role }) => role === 'giver');
    if (connectionWaived && giver) stage.after(chance.between(0.5, 6), () => record(stage, matchId, as(giver.memberId)));
    const delay = chance.weighed(DELAYS);
    if (connectionWaived || delay === null) return;
    stage.after(chance.between(delay > 6 ? 15 : 0.3, delay), () => connect(stage, matchId));
  },
  ConnectionPlanned: (stage, { data: { matchId, mediatorId, start } }) => {
    const chance = stage.chance(`connected ${matchId} ${start}`);
    const agrees = chance.yes(0.93);
    if (!agrees && chance.yes(0.3)) return;
    stage.agenda.plan(Date.parse(start) + 2 * 3_600_000, async () => {
      if (stage.book.matches.get(matchId)?.mediatorId !== mediatorId) return;
      // Who is no mediator any more hands over to another.
      if (!stage.book.mediators.has(mediatorId)) return connect(stage, matchId);
      const by = as(mediatorId, 'mediator');
      if (agrees) return record(stage, matchId, by);
      const fields = dto(GiveUpAgreementDto, { reason: 'participants-declined' });
      await stage.give(by, (envelope) => new GiveUpAgreement(envelope, matchId, fields));
    });
  },
  AgreementReached: (stage, { data: { matchId, awaiting } }) => {
    for (const memberId of awaiting) {
      const chance = stage.chance(`confirms agreement ${matchId} ${memberId}`);
      if (!chance.yes(0.96)) continue;
      stage.after(chance.between(0.2, 3), async () => {
        if (!stage.book.matches.get(matchId)?.awaiting.includes(memberId) || stage.book.matches.get(matchId)?.status !== 'agreed') return;
        await stage.give(as(memberId), (envelope) => new ConfirmAgreement(envelope, matchId));
      });
    }
  },
};
