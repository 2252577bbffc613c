import type { Policy } from '#domain/network/policy';
import type { Level } from '#domain/vocabulary';
import type { RoundInputs } from '../round-inputs';
import type { OpenableGate } from './explanation';

type Rules = Pick<Policy, 'defaultCapacity'>;

/** What a round reads. */
export interface Question<Read extends Rules = Policy> {
  readonly inputs: RoundInputs;
  readonly policy: Read;
}

type Opening = <Read extends Rules>(question: Question<Read>) => Question<Read>;

/** One step down: who gives at that level, too, may give. */
export const oneLower: Readonly<Record<Level, Level>> = { beginner: 'beginner', practised: 'beginner', advanced: 'practised' };

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
  level: ({ inputs, policy }) => ({
    policy,
    inputs: { ...inputs, requests: inputs.requests.map((request) => ({ ...request, level: oneLower[request.level] })) },
  }),
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
export const opened = <Read extends Rules>(question: Question<Read>, gate: OpenableGate): Question<Read> => openings[gate](question);
