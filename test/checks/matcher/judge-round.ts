import { defaultPolicy } from '#domain/network/policy';
import type { Matcher } from '#matching/matcher';
import type { Finding } from '../runner/schedules';
import { bestByTrying } from './brute-force';
import { drawnRound } from './drawn-rounds';
import type { Count } from './judge';
import { gateFaults, instanceOf } from './round-gates';

/** One round and its gates, drawn from the seed: who may meet, what is told of it, and whether as many are served as could be. */
export const judgedRound = (matcher: Matcher, seed: number): readonly Finding<Count>[] => {
  const round = drawnRound(seed);
  const policy = { ...defaultPolicy, gates: round.gates };
  const result = matcher(round.inputs, policy, { seed, makeId: (name) => name });
  const served = round.inputs.requests.length - result.unmatched.length;
  const most = bestByTrying(instanceOf(round)).served;
  const finding = (count: Count, what: string): Finding<Count> => ({ count, what: `seed ${seed}, gates: ${what}` });
  return [
    ...gateFaults(round, result).map((fault) => finding('invalid', fault)),
    ...(served === most ? [] : [finding('differences', `${served} served, by every way ${most}`)]),
  ];
};
