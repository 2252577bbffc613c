import type { MatchId, NetworkId, RequestId, RoundId } from '#domain/ids';
import type { RoundEvent } from '#domain/round/round.events';
import { Type } from '@sinclair/typebox';
import { code, count, event, flag, id, instant, list, nullable, number, oneOf, record, uri, whole, type SchemasOf } from './schema-kit';
import { bend, language, level, participants } from './vocabulary.schemas';

export const scoreParts = () =>
  record({
    topic: number(),
    level: number(),
    language: number(),
    distance: number(),
    availability: number(),
    reciprocity: number(),
    waiting: number(),
    total: number(),
  });

/** Left out where a match bends nothing. */
export const bends = () => Type.Optional(list(bend()));

/** Left out where all topics of a match are one. */
export const topicSteps = () => Type.Optional(count());

const unmatchedReason = () =>
  oneOf(
    'no-offer-on-topic',
    'level-too-low',
    'no-common-language',
    'no-common-place',
    'no-common-availability',
    'only-own-offers',
    'givers-at-capacity',
    'pair-resting',
    'pair-forbidden',
    'group-too-small',
    'others-came-first',
    'in-no-ring',
    'author-unavailable',
  );

const foundMatch = () =>
  record({
    matchId: id<MatchId>(),
    participants: participants(),
    topicUri: nullable(uri()),
    level: level(),
    language: language(),
    smallestGroup: count(),
    ringId: nullable(code()),
    metBefore: flag(),
    score: scoreParts(),
    bends: bends(),
    topicSteps: topicSteps(),
  });

const ids = () => ({ roundId: id<RoundId>(), networkId: id<NetworkId>() });

/** As it was while nobody was told as of when waiting and rest were judged. */
const startedBefore = () => ({
  ...ids(),
  readUpTo: nullable(code()),
  inputHash: code(),
  policyVersion: count(),
  seed: whole(),
  solverVersion: code(),
});

/** As it was while no solver proved anything. */
const completedBefore = () => ({
  ...ids(),
  considered: record({ offers: count(), requests: count() }),
  matched: count(),
  unmatched: count(),
});

export const roundSchemas: SchemasOf<RoundEvent> = {
  MatchingRoundStarted: event(
    'A run of the matcher over frozen inputs: what shows it again (R18).',
    { ...startedBefore(), asOf: nullable(instant()) },
    [{ from: record(startedBefore()), to: (before: object) => ({ ...before, asOf: null }) }],
  ),
  MatchesFound: event('Matches that the round found, to be proposed; at most 500 an event.', { ...ids(), matches: list(foundMatch()) }),
  RequestsLeftUnmatched: event('Requests without a partner, one reason each (R18); at most 500 an event.', {
    ...ids(),
    requests: list(record({ requestId: id<RequestId>(), reason: unmatchedReason() })),
  }),
  MatchingRoundCompleted: event(
    'The round is over: its counts, and how far it is proven that nothing better exists (`gap`: 0 and 0, it is the best; null, nothing is proven).',
    { ...completedBefore(), gap: nullable(record({ served: count(), cost: count() })) },
    [{ from: record(completedBefore()), to: (before: object) => ({ ...before, gap: null }) }],
  ),
};
