import { command } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, asNetworkLead, bo, system } from '#testing/people';
import type { MatchId, OfferId, RequestId, RoundId } from '../ids';
import { roundDecider } from './round.decider';
import type { FoundMatch, RoundEvent } from './round.events';

const round = specifying(roundDecider);
const ids = { roundId: 'round-1' as RoundId, networkId: lyon };
const found = (name: string): FoundMatch => ({
  matchId: name as MatchId,
  participants: [
    { memberId: ana, role: 'giver', offerId: 'offer-1' as OfferId },
    { memberId: bo, role: 'learner', requestId: 'request-1' as RequestId },
  ],
  topicUri: null,
  level: 'practised',
  language: 'fr',
  smallestGroup: 1,
  ringId: null,
  metBefore: false,
  score: { topic: 1, level: 1, language: 1, distance: 1, availability: 1, reciprocity: 0, waiting: 0, total: 0.8 },
});
const run = (matches = 1, unmatched = 1, by = asFacilitator()) =>
  command(
    'RunMatchingRound',
    {
      roundId: ids.roundId,
      readUpTo: 'event-9',
      inputHash: 'ab12',
      seed: 7,
      solverVersion: 'greedy-1',
      considered: { offers: 3, requests: 2 },
      matches: Array.from({ length: matches }, (_, i) => found(`m${i}`)),
      unmatched: Array.from({ length: unmatched }, (_, i) => ({ requestId: `r${i}` as RequestId, reason: 'no-offer-on-topic' })),
    },
    by,
  );
const started: RoundEvent = {
  type: 'MatchingRoundStarted',
  data: { ...ids, readUpTo: 'event-9', inputHash: 'ab12', policyVersion: 1, seed: 7, solverVersion: 'greedy-1' },
};
const completed = (matched: number, unmatched: number): RoundEvent => ({
  type: 'MatchingRoundCompleted',
  data: { ...ids, considered: { offers: 3, requests: 2 }, matched, unmatched },
});

describe('A matching round', () => {
  it('records its inputs, what it found, and what it left with reasons (R18)', () =>
    round
      .given()
      .when(run())
      .then(
        started,
        { type: 'MatchesFound', data: { ...ids, matches: [found('m0')] } },
        { type: 'RequestsLeftUnmatched', data: { ...ids, requests: [{ requestId: 'r0' as RequestId, reason: 'no-offer-on-topic' }] } },
        completed(1, 1),
      ));
  it('completes with nothing found on an empty network (R18)', () => round.given().when(run(0, 0)).then(started, completed(0, 0)));
  it('splits into pieces of at most 500 (§4)', () => {
    const { decision } = round.given().when(run(1001, 500));
    const events = decision.kind === 'accepted' ? decision.events : [];
    const sizes = events.map(({ data }) => ('matches' in data ? data.matches.length : 'requests' in data ? data.requests.length : 0));
    expect(sizes).toEqual([0, 500, 500, 1, 500, 0]);
    expect(events.at(-1)).toEqual(completed(1001, 500));
  });
  it('is run by a facilitator or the system, and by nobody else (R6)', () => {
    for (const by of [asMember(ana), asMediator(), asNetworkLead()])
      round
        .given()
        .when(run(1, 1, by))
        .thenRefused('not-allowed');
    expect(round.given().when(run(1, 1, system)).decision.kind).toBe('accepted');
  });
  it('changes nothing when run again (R22)', () => {
    round.given(started, completed(1, 1)).when(run()).thenNothing();
    round.given(started).when(run(2, 2)).thenNothing();
  });
});
