import type { CriterionId, ExchangeId, MatchId, MemberId, NetworkId, RoundId, SessionId } from '#domain/ids';
import type { MatchEvent } from '#domain/match/match.events';
import { Type } from '@sinclair/typebox';
import { engagementReason } from './member.schemas';
import { bends, scoreParts, topicSteps } from './round.schemas';
import {
  code,
  count,
  event,
  flag,
  id,
  instant,
  list,
  nullable,
  oneOf,
  personal,
  record,
  uri,
  type PersonalMark,
  type SchemasOf,
} from './schema-kit';
import { language, level, participants } from './vocabulary.schemas';

/** An agreement's texts belong to its first giver, whoever records it (§4). */
const TEXT_OWNER: PersonalMark = { owner: '/textOwner', key: 'stream' };
const memberId = () => id<MemberId>();
const members = () => list(memberId());
const ids = () => ({ matchId: id<MatchId>(), networkId: id<NetworkId>() });

const origin = () =>
  Type.Union([
    record({ kind: Type.Literal('round'), roundId: id<RoundId>() }),
    record({ kind: Type.Literal('facilitator'), by: memberId() }),
    record({ kind: Type.Literal('member'), by: memberId() }),
  ]);

export const plannedSession = () => record({ sessionId: id<SessionId>(), start: instant(), minutes: count() });

export const agreement = () =>
  record({
    content: personal(TEXT_OWNER),
    method: personal(TEXT_OWNER),
    place: personal(TEXT_OWNER),
    sessions: list(plannedSession()),
    criteria: list(record({ criterionId: id<CriterionId>(), text: personal(TEXT_OWNER) })),
  });

const proposal = () => ({
  ...ids(),
  origin: origin(),
  participants: participants(),
  topicUri: nullable(uri()),
  level: level(),
  language: language(),
  smallestGroup: count(),
  ringId: nullable(code()),
  connectionWaived: flag(),
  score: scoreParts(),
});

export const matchSchemas: SchemasOf<MatchEvent> = {
  MatchProposed: event(
    'Giver(s) and learner(s) on a topic, with the parts of the score (R7, R18), and why a person proposes it across topics.',
    { ...proposal(), reason: nullable(personal({ owner: '/origin/by', key: 'stream' })), bends: bends(), topicSteps: topicSteps() },
    [{ from: record(proposal()), to: (data) => ({ reason: null, ...data }) }],
  ),
  MatchOpened: event('Every participant’s stream reserved: people are told and may answer until then (R10, R11).', {
    ...ids(),
    participants: participants(),
    accepted: members(),
    answerBy: instant(),
  }),
  MatchAccepted: event('One participant accepts.', { ...ids(), memberId: memberId() }),
  MatchDeclined: event('One participant declines; it may end the match (R10).', {
    ...ids(),
    memberId: memberId(),
    reason: oneOf('no-time', 'not-what-i-seek', 'rather-not-with', 'paused', 'suspended', 'left', 'offer-gone', 'request-gone', 'other'),
    ends: flag(),
    participants: participants(),
  }),
  MatchConfirmed: event('Enough accepted: who remains, and who fell silent (R10).', {
    ...ids(),
    participants: participants(),
    dropped: participants(),
    connectionWaived: flag(),
    connectBy: instant(),
    lapseAt: instant(),
  }),
  MatchExpired: event('The acceptance window ended with too few (R10).', { ...ids(), participants: participants(), silent: members() }),
  MatchSuperseded: event('A participant’s stream refused before the match opened (R11).', {
    ...ids(),
    participants: participants(),
    memberId: memberId(),
    reason: engagementReason(),
  }),
  ConnectionPlanned: event('The meeting with a mediator who takes no part in the exchange (R9).', {
    ...ids(),
    mediatorId: memberId(),
    start: instant(),
    place: personal({ owner: '/mediatorId', key: 'stream' }),
    outcomeBy: instant(),
    lapseAt: instant(),
  }),
  AgreementReached: event('Content, method, sessions, place and criteria are agreed (R8).', {
    ...ids(),
    exchangeId: id<ExchangeId>(),
    participants: participants(),
    recordedBy: memberId(),
    mediatorId: nullable(memberId()),
    textOwner: memberId(),
    topicUri: nullable(uri()),
    agreement: agreement(),
    awaiting: members(),
  }),
  AgreementConfirmed: event('A participant confirms an agreement made without a mediator (R9).', {
    ...ids(),
    exchangeId: id<ExchangeId>(),
    memberId: memberId(),
    awaiting: members(),
  }),
  AgreementNotReached: event('The match ends without an agreement.', {
    ...ids(),
    participants: participants(),
    reason: oneOf('participants-declined', 'member-left', 'no-connection', 'no-outcome', 'other'),
    by: nullable(memberId()),
  }),
};
