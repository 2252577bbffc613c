import { addDays, addMinutes } from '#domain/calendar';
import type { SentCommand } from '#domain/catalogue';
import { courseOf } from '#domain/exchange/exchange.state';
import type { DisputeId, SessionId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import { salt } from '#testing/histories/exchange-story';
import { asFacilitator, asMediator, asMember } from '#testing/people';
import { one, opened, pick, type Act, type Stage } from './random-acts.fixture';

const presenceOf = ({ memberId, role }: Participant) => ({ memberId, role, minutesOutside: 5 });

export const report = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone, participants, planned } = courseOf(state);
  const there = b % 4 === 0 ? everyone.slice(b % everyone.length) : everyone;
  const session = planned[0];
  const start = session && session.start <= stage.now ? session.start : addMinutes(stage.now, -90);
  const sessionId = session?.sessionId ?? (`extra-${stage.number}` as SessionId);
  const data = { exchangeId, sessionId, start, minutes: 60, present: there.map(presenceOf) };
  return one(asMember(pick(participants, b)!.memberId), { type: 'ReportSession', data });
};

export const hold = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone } = courseOf(state);
  const confirming = b % 4 === 0 ? everyone.slice(0, 1) : everyone;
  return confirming.flatMap(({ memberId }) => one(asMember(memberId), { type: 'ConfirmHeld', data: { exchangeId } }));
};

export const settle = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  const outcome = b % 2 === 0 ? 'held' : 'not-held';
  return state ? one(asMediator(), { type: 'SettleHeld', data: { exchangeId: courseOf(state).exchangeId, outcome } }) : [];
};

export const evaluate = ({ exchanges }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(exchanges, a);
  if (!state) return [];
  const { exchangeId, everyone, criteria } = courseOf(state);
  const form = { overall: 4, criteria: criteria.map((criterionId) => ({ criterionId, score: 4 })), again: true, comment: null };
  return everyone
    .filter((_, index) => b % 3 !== 0 || index > 0)
    .flatMap(({ memberId, role }) =>
      one(asMember(memberId), {
        type: 'SubmitEvaluation',
        data: { exchangeId, form: { ...form, usable: role === 'learner' ? 5 : null }, salt },
      }),
    );
};

export const correct = ({ exchanges }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(
    exchanges.filter((each) => courseOf(each).sessions.length > 0),
    a,
  );
  if (!state) return [];
  const { exchangeId, everyone, sessions } = courseOf(state);
  const [place, session] = [pick(everyone, b)!, pick(sessions, a)];
  const now = b % 2 === 0 ? null : { ...presenceOf(place), minutesOutside: b % 60 };
  const { memberId } = place;
  return session
    ? one(asMember(memberId), { type: 'CorrectSession', data: { exchangeId, sessionId: session.sessionId, memberId, now } })
    : [];
};

export const disturb = (stage: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(opened(stage), a);
  if (!state) return [];
  const { exchangeId, everyone, planned } = courseOf(state);
  const { memberId } = pick(everyone, b)!;
  const moved = { sessionId: planned[0]?.sessionId ?? (`s-${stage.number}` as SessionId), start: addDays(stage.now, 5), minutes: 45 };
  const acts: readonly SentCommand[] = [
    { type: 'RescheduleSession', data: { exchangeId, sessionId: moved.sessionId, to: moved } },
    { type: 'DropOut', data: { exchangeId, memberId, reason: 'own-choice' } },
    { type: 'CancelExchange', data: { exchangeId, reason: 'other' } },
    { type: 'InterruptExchange', data: { exchangeId, reason: 'other' } },
    { type: 'ReportNoShow', data: { exchangeId, sessionId: moved.sessionId, memberId } },
  ];
  return one(asMember(memberId), pick(acts, a + b)!);
};

export const dispute = ({ exchanges, number }: Stage, a: number, b: number): readonly Act[] => {
  const state = pick(exchanges, a);
  if (!state) return [];
  const { exchangeId, everyone } = courseOf(state);
  const disputeId = `dispute-${number}` as DisputeId;
  return one(asMember(pick(everyone, b)!.memberId), {
    type: 'DisputeExchange',
    data: { exchangeId, disputeId, kind: 'content', text: '…' },
  });
};

/** A facilitator settles each open dispute. */
export const settleDisputes = ({ exchanges }: Stage, a: number): readonly Act[] =>
  exchanges.flatMap((state) =>
    state.status !== 'disputed'
      ? []
      : one(asFacilitator(), {
          type: 'SettleDispute',
          data: { exchangeId: state.former.exchangeId, disputeId: state.disputeId, outcome: a % 2 === 0 ? 'goes-on' : 'closed', text: '…' },
        }),
  );

/** A mediator settles each one-sided report; what nobody came to was not held (R12). */
export const settleReports = (stage: Stage): readonly Act[] =>
  opened(stage)
    .map(courseOf)
    .filter(({ sessions }) => sessions.length > 0)
    .flatMap(({ exchangeId, mediatorId }) =>
      (['held', 'not-held'] as const).flatMap((outcome) =>
        one(mediatorId === null ? asFacilitator() : asMediator(), { type: 'SettleHeld', data: { exchangeId, outcome } }),
      ),
    );
