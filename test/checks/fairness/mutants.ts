import type { Mutant } from '../runner/self-test';
import { pairsIn } from './gates';
import { placed } from './placing';
import type { FairnessPolicy } from './policies';

interface PolicyMutant extends Mutant {
  /** How the product's matcher goes wrong. */
  readonly spoil: (ours: FairnessPolicy) => FairnessPolicy;
}

/** What would be unfair over time, though each round alone may look right. */
export const mutants: readonly PolicyMutant[] = [
  {
    bug: 'whoever came last is served first',
    spoil: () => (inputs) =>
      placed(
        inputs,
        [...pairsIn(inputs)].sort((one, other) => (one.request.openSince > other.request.openSince ? -1 : 1)),
      ),
  },
  {
    bug: 'waiting counts for nothing, the nearest come first',
    spoil: () => (inputs) =>
      placed(
        inputs,
        [...pairsIn(inputs)].sort((one, other) => other.fit - one.fit || (one.request.requestId < other.request.requestId ? -1 : 1)),
      ),
  },
  {
    bug: 'how much givers are engaged is not looked at',
    spoil: (ours) => (inputs, ledger) =>
      ours({ ...inputs, givers: inputs.givers.map((giver) => ({ ...giver, openEngagements: 0 })) }, ledger),
  },
  {
    bug: 'the smallest site is left out',
    spoil: (ours) => (inputs, ledger) => ours({ ...inputs, requests: inputs.requests.filter(({ site }) => site !== 'BRE') }, ledger),
  },
  {
    bug: 'every second round finds nothing',
    spoil: (ours) => (inputs, ledger) => (ledger.seed % 2 === 0 ? [] : ours(inputs, ledger)),
  },
  {
    bug: 'whoever once learnt must teach first',
    spoil: (ours) => (inputs, ledger) => {
      const mayLearn = (member: (typeof inputs.requests)[number]['memberId']): boolean =>
        (ledger.received.get(member) ?? 0) <= (ledger.given.get(member) ?? 0);
      return ours({ ...inputs, requests: inputs.requests.filter(({ memberId }) => mayLearn(memberId)) }, ledger);
    },
  },
];
