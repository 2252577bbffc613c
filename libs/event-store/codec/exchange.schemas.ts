import type { TProperties } from '@sinclair/typebox';
import type { CriterionId, DisputeId, ExchangeId, MatchId, MemberId, NetworkId, SessionId } from '#domain/ids';
import type { ExchangeEvent } from '#domain/exchange/exchange.events';
import { agreement, plannedSession } from './match.schemas';
import {
  code,
  count,
  day,
  event,
  flag,
  grade,
  id,
  instant,
  list,
  nullable,
  number,
  oneOf,
  personal,
  record,
  salt,
  uri,
  whole,
  type PersonalMark,
  type SchemasOf,
  type Upcast,
} from './schema-kit';
import { exchangeRole, participant, participants, presence } from './vocabulary.schemas';

/** Another person's erasure may end these texts earlier: a key of their author and this stream (R19). */
const AUTHOR_HERE: PersonalMark = { owner: '/memberId', key: 'stream' };
const CASE: PersonalMark = { owner: '/by', key: 'stream' };
const memberId = () => id<MemberId>();
const matchId = () => id<MatchId>();
const sessionId = () => id<SessionId>();
const ids = () => ({ exchangeId: id<ExchangeId>(), networkId: id<NetworkId>() });
const windows = () => ({ reportBy: instant(), lapseAt: instant() });
const attendees = () => list(record({ memberId: memberId(), role: exchangeRole() }));

const form = () =>
  record({
    overall: grade(),
    criteria: list(record({ criterionId: id<CriterionId>(), score: grade() })),
    usable: nullable(grade()),
    again: flag(),
    comment: nullable(personal(AUTHOR_HERE)),
  });

const submitted = () => ({ ...ids(), memberId: memberId(), role: exchangeRole(), form: form() });
const amended = () => ({ ...ids(), memberId: memberId(), role: exchangeRole(), amends: count(), form: form() });
const dropped = () => ({
  ...ids(),
  matchId: matchId(),
  memberId: memberId(),
  role: exchangeRole(),
  participant: participant(),
  reason: oneOf('own-choice', 'left-network', 'behaviour'),
});
const followedUp = () => ({ ...ids(), memberId: memberId(), usedAtWork: flag(), example: nullable(personal(AUTHOR_HERE)) });

/** R15: random bits came with the second version; what was written before has none, and none can be made up for it. */
const unsalted = (fields: TProperties): Upcast => ({ from: record(fields), to: (data: object) => ({ salt: null, ...data }) });

export const exchangeSchemas: SchemasOf<ExchangeEvent> = {
  ExchangeAgreed: event('The exchange opens from its agreement; its sessions are planned (R8).', {
    ...ids(),
    ...windows(),
    matchId: matchId(),
    participants: participants(),
    mediatorId: nullable(memberId()),
    topicUri: nullable(uri()),
    textOwner: memberId(),
    agreement: agreement(),
  }),
  ExchangeRescheduled: event('A session moved, or one more is planned.', {
    ...ids(),
    ...windows(),
    by: memberId(),
    sessionId: sessionId(),
    from: nullable(instant()),
    to: plannedSession(),
    noticeMinutes: nullable(number()),
  }),
  ParticipantDropped: event('One participant takes part no longer; the others go on.', { ...dropped(), others: participants() }, [
    { from: record(dropped()), to: (data) => ({ others: [], ...data }) },
  ]),
  SessionHeld: event('A participant reports a session: when, how long, and who was there (R12, R20).', {
    ...ids(),
    sessionId: sessionId(),
    start: instant(),
    minutes: count(),
    present: list(presence()),
    by: memberId(),
    planned: flag(),
  }),
  SessionCorrected: event('Somebody corrected their own presence in a session (R12, R20, R21).', {
    ...ids(),
    sessionId: sessionId(),
    memberId: memberId(),
    was: nullable(presence()),
    now: nullable(presence()),
  }),
  HeldConfirmed: event('A participant confirms that the exchange was held (R12).', { ...ids(), by: memberId() }),
  HeldSettled: event('The mediator settled a one-sided report (R12).', { ...ids(), by: memberId(), outcome: oneOf('held', 'not-held') }),
  ExchangeHeld: event('Held: who was there, and the windows to evaluate and to follow up (R12, R13).', {
    ...ids(),
    matchId: matchId(),
    participants: participants(),
    present: attendees(),
    lastSessionId: sessionId(),
    evaluateBy: instant(),
    followUpFrom: instant(),
    followUpUntil: instant(),
  }),
  ExchangeCancelled: event('Cancelled before it was held, with the sessions that fall away.', {
    ...ids(),
    matchId: matchId(),
    participants: participants(),
    by: nullable(memberId()),
    reason: oneOf('no-time', 'no-longer-needed', 'no-giver-left', 'no-learner-left', 'other'),
    noticeMinutes: nullable(number()),
    sessions: list(plannedSession()),
  }),
  ExchangeInterrupted: event('Ended under way, or never reported.', {
    ...ids(),
    matchId: matchId(),
    participants: participants(),
    by: nullable(memberId()),
    reason: oneOf('by-participants', 'behaviour', 'unreported', 'other'),
  }),
  NoShowReported: event('Somebody is said not to have come to one session; they may contest it.', {
    ...ids(),
    sessionId: sessionId(),
    memberId: memberId(),
    by: memberId(),
    contestBy: instant(),
  }),
  NoShowContested: event('The person says that they were there.', { ...ids(), sessionId: sessionId(), memberId: memberId() }),
  ExchangeDisputed: event('A participant disputes; the exchange waits for the settlement.', {
    ...ids(),
    disputeId: id<DisputeId>(),
    kind: oneOf('content', 'behaviour', 'organisation', 'confidentiality'),
    by: memberId(),
    text: personal(CASE),
    settleBy: instant(),
  }),
  DisputeSettled: event('The exchange goes on as before, or is closed.', {
    ...ids(),
    disputeId: id<DisputeId>(),
    by: memberId(),
    outcome: oneOf('goes-on', 'closed'),
    text: personal(CASE),
  }),
  EvaluationSubmitted: event(
    'A participant’s judgement against the agreed criteria, sealed (R13).',
    { ...submitted(), salt: nullable(salt()) },
    [unsalted(submitted())],
  ),
  EvaluationAmended: event(
    'The same, amended before unsealing; the earlier version stays (R13, R21).',
    { ...amended(), salt: nullable(salt()) },
    [unsalted(amended())],
  ),
  ExchangeEvaluated: event('Evaluations are unsealed: all are in, the window ended, or a dispute closed the exchange (R13).', {
    ...ids(),
    submitted: attendees(),
  }),
  ExchangeClosed: event('The end of the exchange: who evaluated, and who did not.', {
    ...ids(),
    outcome: oneOf('all', 'some', 'none', 'disputed'),
    submitted: attendees(),
    missed: attendees(),
  }),
  TrainingHoursRecorded: event('One session’s minutes of one person in one role, or the difference that corrects them (R20).', {
    ...ids(),
    hoursId: code(),
    sessionId: sessionId(),
    memberId: memberId(),
    role: exchangeRole(),
    date: day(),
    minutes: whole(),
    minutesOutside: whole(),
    corrects: nullable(code()),
  }),
  FollowUpDue: event('The learners are asked whether they use at work what they learnt.', {
    ...ids(),
    learners: list(memberId()),
    until: instant(),
  }),
  FollowUpSubmitted: event('A learner’s answer, with an example if they like.', { ...followedUp(), salt: nullable(salt()) }, [
    unsalted(followedUp()),
  ]),
};
