import type { EvaluationForm, ExchangeEvent } from '#domain/exchange/exchange.events';
import type { CriterionId, DisputeId, ExchangeId, MatchId, Salt, SessionId } from '#domain/ids';
import type { Presence } from '#domain/vocabulary';
import type { Day } from '#kernel/id';
import { instant } from '../commands';
import { lyon } from '../network-facts';
import { ana, bo, fay, moe } from '../people';
import type { ExamplesOf } from './examples-of';
import { agreement, pair } from './match.examples';

const ids = { exchangeId: 'exchange-1' as ExchangeId, networkId: lyon };
const matchId = 'match-1' as MatchId;
const sessionId = 'session-1' as SessionId;
const disputeId = 'dispute-1' as DisputeId;
const start = instant('2026-03-20T12:00:00Z');
const windows = { reportBy: instant('2026-04-10T12:45:00Z'), lapseAt: instant('2026-06-09T12:45:00Z') };
const giver = { memberId: ana, role: 'giver' } as const;
const learner = { memberId: bo, role: 'learner' } as const;
const late: Presence = { ...learner, minutesOutside: 15 };

const salt = '0f1e2d3c4b5a69788796a5b4c3d2e1f0' as Salt;
const form: EvaluationForm = {
  overall: 5,
  criteria: [{ criterionId: 'criterion-1' as CriterionId, score: 4 }],
  usable: 4,
  again: true,
  comment: 'Très clair, merci Ana',
};

export const exchangeExamples: ExamplesOf<ExchangeEvent> = {
  ExchangeAgreed: { ...ids, ...windows, matchId, participants: pair, mediatorId: moe, topicUri: null, textOwner: ana, agreement },
  ExchangeRescheduled: {
    ...ids,
    ...windows,
    by: bo,
    sessionId,
    from: start,
    to: { sessionId, start: instant('2026-03-21T12:00:00Z'), minutes: 60 },
    noticeMinutes: 2880,
  },
  ParticipantDropped: { ...ids, matchId, ...learner, participant: pair[1]!, others: [pair[0]!], reason: 'own-choice' },
  SessionHeld: { ...ids, sessionId, start, minutes: 60, present: [{ ...giver, minutesOutside: 0 }, late], by: bo, planned: true },
  SessionCorrected: { ...ids, sessionId, memberId: bo, was: late, now: null },
  HeldConfirmed: { ...ids, by: ana },
  HeldSettled: { ...ids, by: moe, outcome: 'held' },
  ExchangeHeld: {
    ...ids,
    matchId,
    participants: pair,
    present: [giver, learner],
    lastSessionId: sessionId,
    evaluateBy: instant('2026-04-26T12:45:00Z'),
    followUpFrom: instant('2026-05-26T12:45:00Z'),
    followUpUntil: instant('2026-06-25T12:45:00Z'),
  },
  ExchangeCancelled: {
    ...ids,
    matchId,
    participants: pair,
    by: bo,
    reason: 'no-time',
    noticeMinutes: -30,
    sessions: agreement.sessions,
  },
  ExchangeInterrupted: { ...ids, matchId, participants: pair, by: null, reason: 'unreported' },
  NoShowReported: { ...ids, sessionId, memberId: bo, by: ana, contestBy: instant('2026-03-30T12:00:00Z') },
  NoShowContested: { ...ids, sessionId, memberId: bo },
  ExchangeDisputed: {
    ...ids,
    disputeId,
    kind: 'organisation',
    by: bo,
    text: 'La salle n’était pas prête',
    settleBy: instant('2026-03-30T12:00:00Z'),
  },
  DisputeSettled: { ...ids, disputeId, by: fay, outcome: 'goes-on', text: 'Une autre salle est réservée' },
  EvaluationSubmitted: { ...ids, ...learner, form, salt },
  EvaluationAmended: { ...ids, ...giver, amends: 1, form: { ...form, usable: null, comment: null }, salt },
  ExchangeEvaluated: { ...ids, submitted: [learner] },
  ExchangeClosed: { ...ids, outcome: 'some', submitted: [learner], missed: [giver] },
  TrainingHoursRecorded: {
    ...ids,
    ...learner,
    hoursId: 'hours-1',
    sessionId,
    date: '2026-03-20' as Day,
    minutes: -60,
    minutesOutside: -15,
    corrects: 'hours-0',
  },
  FollowUpDue: { ...ids, learners: [bo], until: instant('2026-06-25T12:45:00Z') },
  FollowUpSubmitted: { ...ids, memberId: bo, usedAtWork: true, example: 'Le rapport de mai en une heure', salt },
};
