import type { RequestId } from '#domain/ids';
import type { Policy } from '#domain/network/policy';
import type { FoundMatch, UnmatchedReason } from '#domain/round/round.events';
import type { Gap } from './optimum/assignment-problem';
import type { RoundInputs } from './round-inputs';

/** What decides between equals, and names what is found: `makeId` answers the same id for the same name (a UUIDv5 in the round's name). */
export interface Draw {
  /** A 32-bit whole number, recorded with the round. */
  readonly seed: number;
  readonly makeId: (name: string) => string;
}

export interface LeftUnmatched {
  readonly requestId: RequestId;
  readonly reason: UnmatchedReason;
}

export interface RoundResult {
  readonly solverVersion: string;
  readonly considered: { readonly offers: number; readonly requests: number };
  /** Sorted by offer, then by learner's request. */
  readonly matches: readonly FoundMatch[];
  /** Every open request that is in no match, with one reason each (R18). */
  readonly unmatched: readonly LeftUnmatched[];
  /** What an unknown better round could differ by at most; null where the solver proves nothing. */
  readonly gap: Gap | null;
}

/** What of a network's policy decides a round. Without `gates` all of them are hard. */
export type RoundPolicy = Pick<Policy, 'defaultCapacity'> & Partial<Pick<Policy, 'gates'>>;

/**
 * Answers a round from frozen inputs alone: no clock, no random, no order of its lists (R18).
 * Never more than a giver's capacity (R11), no resting, forbidden or unavailable person (R16), nobody with themselves (R7).
 */
export type Matcher = (inputs: RoundInputs, policy: RoundPolicy, draw: Draw) => RoundResult;
