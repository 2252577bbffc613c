import type { Matcher } from '#matching/matcher';
import type { Mutant } from '../runner/self-test';

interface RoundMutant extends Mutant {
  /** How the right matcher goes wrong. */
  readonly spoil: (matcher: Matcher) => Matcher;
}

/** Ways to get gates wrong, whatever the solver. */
export const roundMutants: readonly RoundMutant[] = [
  {
    bug: 'nobody is asked whether they are firm',
    spoil: (matcher) => (inputs, policy, draw) =>
      matcher(
        {
          ...inputs,
          offers: inputs.offers.map(({ firm: _, ...offer }) => offer),
          requests: inputs.requests.map(({ firm: _, ...request }) => request),
        },
        policy,
        draw,
      ),
  },
  {
    bug: 'what bends is not told',
    spoil: (matcher) => (inputs, policy, draw) => {
      const result = matcher(inputs, policy, draw);
      return { ...result, matches: result.matches.map(({ bends: _, ...match }) => match) };
    },
  },
  {
    bug: 'how near a topic is is not told',
    spoil: (matcher) => (inputs, policy, draw) => {
      const result = matcher(inputs, policy, draw);
      return { ...result, matches: result.matches.map(({ topicSteps: _, ...match }) => match) };
    },
  },
  {
    bug: 'topics meet themselves alone',
    spoil:
      (matcher) =>
      ({ near: _, ...inputs }, policy, draw) =>
        matcher(inputs, policy, draw),
  },
  {
    bug: 'the policy is not read: every gate is hard',
    spoil:
      (matcher) =>
      (inputs, { defaultCapacity }, draw) =>
        matcher(inputs, { defaultCapacity }, draw),
  },
  {
    bug: 'a hard place is bent',
    spoil:
      (matcher) =>
      (inputs, { gates, ...policy }, draw) =>
        matcher(inputs, { ...policy, ...(gates ? { gates: { ...gates, place: 'soft' } } : {}) }, draw),
  },
];
