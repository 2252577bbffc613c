import type { RoundId } from '#domain/ids';
import type { RoundResult } from '#matching/matcher';
import { optimumMatcher } from '#matching/optimum-matcher';
import { uuidV5 } from '../dispatch/derived-ids';
import type { FrozenInputs } from '../round-inputs.port';

/** The ids of what a round finds follow from the round's: the same round finds the same. */
export const solveRound = ({ inputs, facts }: FrozenInputs, roundId: RoundId, seed: number): RoundResult =>
  optimumMatcher(inputs, facts.policy, { seed, makeId: (name) => uuidV5(roundId, name) });
