import fc from 'fast-check';
import { defaultPolicy } from '#domain/network/policy';
import { optimumMatcher } from './optimum-matcher';
import type { RoundResult } from './matcher';
import { longestRing } from './rings';
import { asOf, people, roundInputs } from './round-inputs.fixture';
import { hashableInputs, type RoundInputs } from './round-inputs';

const run = (inputs: RoundInputs, seed = 7): RoundResult =>
  optimumMatcher(inputs, defaultPolicy, { seed, makeId: (name) => `id(${name})` });
const key = (one: string, other: string): string => [one, other].sort().join(' ');
/** The seed of a failing run is in fast-check's report. */
const holds = (check: (inputs: RoundInputs, result: RoundResult) => void): void =>
  fc.assert(
    fc.property(roundInputs, (inputs) => check(inputs, run(inputs))),
    { numRuns: 150 },
  );
const sides = (result: RoundResult) =>
  result.matches.map(({ participants }) => ({
    giver: participants.filter(({ role }) => role === 'giver'),
    learners: participants.filter(({ role }) => role === 'learner'),
  }));

describe('On any inputs, a round', () => {
  it('answers the same whatever the order of its inputs, and hashes the same (R18)', () => {
    const twice = fc.tuple(roundInputs, fc.infiniteStream(fc.nat({ max: 1000 })), fc.integer());
    fc.assert(
      fc.property(twice, ([inputs, numbers, seed]) => {
        const shuffled = <Item>(items: readonly Item[]): readonly Item[] =>
          items
            .map((item) => ({ item, at: numbers.next().value ?? 0 }))
            .sort((a, b) => a.at - b.at)
            .map(({ item }) => item);
        const other: RoundInputs = {
          ...inputs,
          offers: shuffled(inputs.offers),
          requests: shuffled(inputs.requests),
          givers: shuffled(inputs.givers),
          pairs: shuffled(inputs.pairs).map(({ members: [a, b], ...rest }) => ({ ...rest, members: [b, a] as const })),
          forbiddenPairs: shuffled(inputs.forbiddenPairs),
          unavailable: shuffled(inputs.unavailable),
        };
        expect(run(other, seed)).toEqual(run(inputs, seed));
        expect(JSON.stringify(hashableInputs(other))).toBe(JSON.stringify(hashableInputs(inputs)));
      }),
      { numRuns: 100 },
    );
  });

  it('matches one giver with learners, nobody twice, each on their own offer and request (R7)', () =>
    holds(({ offers, requests }, result) => {
      for (const { participants } of result.matches) {
        expect(participants.filter(({ role }) => role === 'giver')).toHaveLength(1);
        expect(participants.length).toBeGreaterThan(1);
        expect(new Set(participants.map(({ memberId }) => memberId)).size).toBe(participants.length);
        for (const place of participants)
          if (place.role === 'giver') expect(offers.find((each) => each.offerId === place.offerId)?.memberId).toBe(place.memberId);
          else expect(requests.find((each) => each.requestId === place.requestId)?.memberId).toBe(place.memberId);
      }
    }));

  it('stays within every giver’s capacity and every offer’s group sizes (R10, R11)', () =>
    holds((inputs, result) => {
      for (const member of people) {
        const given = sides(result).filter(({ giver }) => giver[0]?.memberId === member).length;
        const { openEngagements, capacity } = inputs.givers.find(({ memberId }) => memberId === member) ?? {
          openEngagements: 0,
          capacity: 2,
        };
        expect(given).toBeLessThanOrEqual(Math.max(0, capacity - openEngagements));
      }
      for (const { giver, learners } of sides(result)) {
        const offer = inputs.offers.find((each) => giver[0]?.role === 'giver' && each.offerId === giver[0].offerId)!;
        expect(learners.length).toBeGreaterThanOrEqual(offer.smallestGroup);
        expect(learners.length).toBeLessThanOrEqual(offer.largestGroup);
      }
    }));

  it('brings together nobody who rests, is forbidden or is away (R16)', () =>
    holds((inputs, result) => {
      const forbidden = new Set(inputs.forbiddenPairs.map(([a, b]) => key(a, b)));
      const resting = new Set(inputs.pairs.filter(({ restUntil }) => restUntil! > asOf).map(({ members: [a, b] }) => key(a, b)));
      for (const { giver, learners } of sides(result)) {
        const all = [...giver, ...learners].map(({ memberId }) => memberId);
        expect(all.filter((id) => inputs.unavailable.includes(id))).toEqual([]);
        expect(all.flatMap((a) => all.filter((b) => forbidden.has(key(a, b))))).toEqual([]);
        expect(learners.filter(({ memberId }) => resting.has(key(memberId, giver[0]!.memberId)))).toEqual([]);
      }
    }));

  it('answers every request once: in one match, or with one reason (R18)', () =>
    holds(({ requests }, { matches, unmatched }) => {
      const matched = matches.flatMap(({ participants }) => participants.flatMap((p) => (p.role === 'learner' ? [p.requestId] : [])));
      const answered = [...matched, ...unmatched.map((each) => each.requestId)];
      expect(answered.sort()).toEqual(requests.map((each) => each.requestId).sort());
    }));

  it('leaves no request that an offer still has room for, alone (R18)', () =>
    holds((inputs, result) => {
      const late = result.unmatched.filter(({ reason }) => reason === 'others-came-first').map((each) => each.requestId);
      const again = late.filter(
        (id) => run({ ...inputs, requests: inputs.requests.filter((r) => r.requestId === id) }).matches.length === 0,
      );
      // Whoever others came before would have been served alone, or with the group that they needed.
      const single = again.filter((id) => {
        const sought = inputs.requests.find((r) => r.requestId === id)!;
        return inputs.offers.every((o) => o.topicKey !== sought.topicKey || o.smallestGroup === 1);
      });
      expect(single).toEqual([]);
    }));

  it('closes each ring: everyone in it gives to the next (§1)', () =>
    holds((_, result) => {
      const rings = new Set(result.matches.flatMap(({ ringId }) => (ringId ? [ringId] : [])));
      for (const ringId of rings) {
        const ring = sides({ ...result, matches: result.matches.filter((match) => match.ringId === ringId) });
        expect(ring.length).toBeGreaterThan(1);
        expect(ring.length).toBeLessThanOrEqual(longestRing);
        const givers = ring.map(({ giver }) => giver[0]!.memberId);
        for (const { learners } of ring) expect(learners.some(({ memberId }) => givers.includes(memberId))).toBe(true);
        for (const giver of givers) expect(ring.some(({ learners }) => learners.some(({ memberId }) => memberId === giver))).toBe(true);
      }
    }));

  it('shows parts between 0 and 1 (R18)', () =>
    holds((_, { matches }) => {
      for (const { score } of matches) for (const part of Object.values(score)) expect(part >= 0 && part <= 1).toBe(true);
    }));
});
