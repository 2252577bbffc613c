import type { CriterionId, ExchangeId, MatchId, RoundId, SessionId } from '#domain/ids';
import type { Agreement, MatchEvent } from '#domain/match/match.events';
import type { RoundEvent, ScoreParts } from '#domain/round/round.events';
import type { Participant } from '#domain/vocabulary';
import { instant } from '../commands';
import { offerId, requestId } from '../content';
import { lyon } from '../network-facts';
import { ana, bo, dia, moe } from '../people';
import type { ExamplesOf } from './examples-of';

const topicUri = 'https://example.org/topics/pivot-tables';
const ids = { matchId: 'match-1' as MatchId, networkId: lyon };
const round = { roundId: 'round-1' as RoundId, networkId: lyon };
const exchangeId = 'exchange-1' as ExchangeId;
const lapseAt = instant('2026-05-15T09:00:00Z');

const gives: Participant = { memberId: ana, role: 'giver', offerId: offerId('offer-of-ana') };
const learns: Participant = { memberId: bo, role: 'learner', requestId: requestId('request-of-bo') };
const learnsToo: Participant = { memberId: dia, role: 'learner', requestId: requestId('request-of-dia') };
/** Ana gives to Bo. */
export const pair = [gives, learns];

const score: ScoreParts = {
  topic: 1,
  level: 0.5,
  language: 1,
  distance: 0.75,
  availability: 0.1,
  reciprocity: 0,
  waiting: 0.3333333333333333,
  total: 0.62,
};
const found = { participants: pair, topicUri, level: 'beginner', language: 'fr', smallestGroup: 1, ringId: 'ring-1', score } as const;

export const agreement: Agreement = {
  content: 'Construire un tableau croisé à partir de relevés',
  method: 'Sur les fichiers de Bo',
  place: 'Salle 12',
  sessions: [
    { sessionId: 'session-1' as SessionId, start: instant('2026-03-20T12:00:00Z'), minutes: 60 },
    { sessionId: 'session-2' as SessionId, start: instant('2026-03-27T12:00:00Z'), minutes: 45 },
  ],
  criteria: [
    { criterionId: 'criterion-1' as CriterionId, text: 'Bo résume un relevé sans aide' },
    { criterionId: 'criterion-2' as CriterionId, text: 'Bo sait actualiser le tableau' },
  ],
};

export const roundExamples: ExamplesOf<RoundEvent> = {
  MatchingRoundStarted: {
    ...round,
    asOf: instant('2026-03-02T00:00:00Z'),
    ...{ readUpTo: null, inputHash: 'a'.repeat(64), policyVersion: 1, seed: 42, solverVersion: '1' },
  },
  MatchesFound: { ...round, matches: [{ ...found, matchId: ids.matchId, metBefore: false, bends: ['topic', 'half-days'], topicSteps: 1 }] },
  RequestsLeftUnmatched: { ...round, requests: [{ requestId: requestId('request-of-dia'), reason: 'givers-at-capacity' }] },
  MatchingRoundCompleted: { ...round, considered: { offers: 3, requests: 2 }, matched: 1, unmatched: 1, gap: { served: 0, cost: 0 } },
};

export const matchExamples: ExamplesOf<MatchEvent> = {
  MatchProposed: {
    reason: null,
    ...ids,
    ...found,
    origin: { kind: 'round', roundId: round.roundId },
    connectionWaived: false,
  },
  MatchOpened: { ...ids, participants: pair, accepted: [bo], answerBy: instant('2026-03-16T09:00:00Z') },
  MatchAccepted: { ...ids, memberId: ana },
  MatchDeclined: { ...ids, memberId: ana, reason: 'no-time', ends: true, participants: pair },
  MatchConfirmed: {
    ...ids,
    participants: pair,
    dropped: [learnsToo],
    connectionWaived: false,
    connectBy: instant('2026-03-16T09:00:00Z'),
    lapseAt,
  },
  MatchExpired: { ...ids, participants: pair, silent: [ana] },
  MatchSuperseded: { ...ids, participants: pair, memberId: ana, reason: 'at-capacity' },
  ConnectionPlanned: {
    ...ids,
    mediatorId: moe,
    start: instant('2026-03-10T10:00:00Z'),
    place: 'Cafétéria du site',
    outcomeBy: instant('2026-03-24T10:00:00Z'),
    lapseAt,
  },
  AgreementReached: {
    ...ids,
    exchangeId,
    participants: pair,
    recordedBy: moe,
    mediatorId: moe,
    textOwner: ana,
    topicUri,
    agreement,
    awaiting: [],
  },
  AgreementConfirmed: { ...ids, exchangeId, memberId: bo, awaiting: [ana] },
  AgreementNotReached: { ...ids, participants: pair, reason: 'no-outcome', by: null },
};
