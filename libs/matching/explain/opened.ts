import type { Policy } from '#domain/network/policy';
import type { RoundInputs } from '../round-inputs';
import type { OpenableGate } from './explanation';

/** What a round reads. */
export interface Question {
  readonly inputs: RoundInputs;
  readonly policy: Pick<Policy, 'defaultCapacity' | 'gates'>;
}

type Opening = (question: Question) => Question;

/** A gate is opened in what it reads, so that whatever judges it by then finds it open. */
const openings: Readonly<Record<OpenableGate, Opening>> = {
  'half-days': ({ inputs, policy }) => ({
    policy,
    inputs: {
      ...inputs,
      offers: inputs.offers.map((offer) => ({ ...offer, availability: [] })),
      requests: inputs.requests.map((request) => ({ ...request, availability: [] })),
    },
  }),
  place: ({ inputs, policy }) => ({
    policy,
    inputs: {
      ...inputs,
      offers: inputs.offers.map((offer) => ({ ...offer, place: 'either' })),
      requests: inputs.requests.map((request) => ({ ...request, place: 'either' })),
    },
  }),
  // by one step, and no more: that is what a level bends, for whoever does not hold to it
  level: ({ inputs, policy }) => ({ inputs, policy: { ...policy, gates: { ...policy.gates, level: 'off' } } }),
  capacity: ({ inputs, policy }) => ({
    policy: { ...policy, defaultCapacity: policy.defaultCapacity + 1 },
    inputs: {
      ...inputs,
      givers: inputs.givers.map((giver) => ({ ...giver, capacity: Math.max(giver.capacity, giver.openEngagements) + 1 })),
    },
  }),
  'resting-pairs': ({ inputs, policy }) => ({
    policy,
    inputs: { ...inputs, pairs: inputs.pairs.map((pair) => ({ ...pair, restUntil: null })) },
  }),
  'smallest-group': ({ inputs, policy }) => ({
    policy,
    inputs: { ...inputs, offers: inputs.offers.map((offer) => ({ ...offer, smallestGroup: 1 })) },
  }),
};

export const openableGates: readonly OpenableGate[] = ['half-days', 'place', 'level', 'capacity', 'resting-pairs', 'smallest-group'];

/** The same round with one gate open. */
export const opened = (question: Question, gate: OpenableGate): Question => openings[gate](question);
