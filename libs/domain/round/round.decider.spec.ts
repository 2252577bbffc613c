import { command } from '#testing/commands';
import { specifying } from '#testing/given-when-then';
import { lyon } from '#testing/network-facts';
import { ana, asFacilitator, asMediator, asMember, asNetworkLead, bo, system } from '#testing/people';
import type { Instant } from '#kernel/id';
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
      asOf: '2026-03-02T00:00:00.000Z' as Instant,
      readUpTo: 'event-9',
      inputHash: 'ab12',
      seed: 7,
      solverVersion: 'optimum-1',
      considered: { offers: 3, requests: 2 },
      matches: Array.from({ length: matches }, (_, i) => found(`m${i}`)),
      unmatched: Array.from({ length: unmatched }, (_, i) => ({ requestId: `r${i}` as RequestId, reason: 'no-offer-on-topic' })),
      gap: { served: 0, cost: 12 },
    },
    by,
  );
const started: RoundEvent = {
  type: 'MatchingRoundStarted',
  data: {
    ...ids,
    asOf: '2026-03-02T00:00:00.000Z' as Instant,
    ...{ readUpTo: 'event-9', inputHash: 'ab12', policyVersion: 1, seed: 7, solverVersion: 'optimum-1' },
  },
};
const completed = (matched: number, unmatched: number): RoundEvent => ({
  type: 'MatchingRoundCompleted',
  data: { ...ids, considered: { offers: 3, requests: 2 }, matched, unmatched, gap: { served: 0, cost: 12 } },
});

const sizesOf = (events: readonly RoundEvent[]): readonly number[] =>
  events.map(({ data }) => ('matches' in data ? data.matches.length : 'requests' in data ? data.requests.length : 0));

const eventsOf = ({ decision }: ReturnType<ReturnType<typeof round.given>['when']>): readonly RoundEvent[] =>
  decision.kind === 'accepted' ? decision.events : [];

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
  it('splits into pieces of at most 500, light enough that commands of others hardly wait for them (§4)', () => {
    const events = eventsOf(round.given().when(run(0, 1001)));
    expect(sizesOf(events)).toEqual([0, 500]);
    expect(sizesOf(eventsOf(round.given(...events).when(run(0, 1001))))).toEqual([500, 1, 0]);
    expect(sizesOf(eventsOf(round.given().when(run(450, 0))))).toEqual([0, 73]);
  });
  it('records a large round in several commands, each going on where the last one ended (§4)', () => {
    const recorded: RoundEvent[] = [];
    let commands = 0;
    for (; recorded.at(-1)?.type !== 'MatchingRoundCompleted'; commands += 1) {
      const events = eventsOf(round.given(...recorded).when(run(2000, 12_000)));
      expect(JSON.stringify(events).length).toBeLessThan(100_000);
      recorded.push(...events);
    }
    expect(commands).toBeGreaterThan(20);
    const matches = recorded.flatMap((event) => (event.type === 'MatchesFound' ? event.data.matches : []));
    expect(matches.map(({ matchId }) => matchId)).toEqual(Array.from({ length: 2000 }, (_, i) => `m${i}`));
    expect(recorded.at(-1)).toEqual(completed(2000, 12_000));
    expect(recorded.filter(({ type }) => type === 'MatchingRoundStarted')).toHaveLength(1);
  });
  it('does not go on with other inputs than it began with (R18)', () =>
    round
      .given({ ...started, data: { ...started.data, inputHash: 'cd34' } } as RoundEvent)
      .when(run(1, 1))
      .thenRefused('round-inputs-differ'));
  it('does not go on by another solver than it began with (R18)', () =>
    round
      .given({ ...started, data: { ...started.data, solverVersion: 'another-1' } } as RoundEvent)
      .when(run(1, 1))
      .thenRefused('round-inputs-differ'));
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
  });
});
