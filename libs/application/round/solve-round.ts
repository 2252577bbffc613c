import type { RoundId } from '#domain/ids';
import type { Policy } from '#domain/network/policy';
import type { IntegerSolver } from '#matching/exact/integer-program';
import { ringMatcher, ringSolverVersion } from '#matching/exact/ring-matcher';
import type { RoundResult } from '#matching/matcher';
import { optimumMatcher, solverVersion } from '#matching/optimum-matcher';
import { uuidV5 } from '../dispatch/derived-ids';
import type { FrozenInputs } from '../round-inputs.port';

/** What solves rings, loaded where a network wants them. */
export type RingSolver = () => Promise<IntegerSolver>;

/** The present version of what solved a round, open or of rings. */
export const presentVersionOf = (recorded: string): string => (recorded.startsWith('rings-') ? ringSolverVersion : solverVersion);

/** An open round, or one of rings, as the policy says. */
const matcherUnder = async ({ ringsOnly, longestRing, longestChain }: Policy, ringSolver: RingSolver) =>
  ringsOnly ? ringMatcher({ longestCycle: longestRing, longestChain }, await ringSolver()) : optimumMatcher;

export interface RoundNamed {
  readonly roundId: RoundId;
  readonly seed: number;
}

/** The ids of what a round finds follow from the round's: the same round finds the same. Null where more rings are possible than can be solved. */
export const solveRound = async (
  { inputs, facts: { policy } }: FrozenInputs,
  { roundId, seed }: RoundNamed,
  ringSolver: RingSolver,
): Promise<RoundResult | null> => {
  const matcher = await matcherUnder(policy, ringSolver);
  return matcher(inputs, policy, { seed, makeId: (name) => uuidV5(roundId, name) });
};
