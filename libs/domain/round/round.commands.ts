import type { Instant } from '#kernel/id';
import type { DomainCommand } from '../command';
import type { RequestId, RoundId } from '../ids';
import type { FoundMatch, ProvenGap, UnmatchedReason } from './round.events';

export type RoundCommand =
  /** The matcher's result over frozen inputs: recorded whole, in pieces of at most 500. */
  DomainCommand<
    'RunMatchingRound',
    {
      roundId: RoundId;
      asOf: Instant;
      readUpTo: string | null;
      inputHash: string;
      seed: number;
      solverVersion: string;
      considered: { readonly offers: number; readonly requests: number };
      matches: readonly FoundMatch[];
      unmatched: readonly { readonly requestId: RequestId; readonly reason: UnmatchedReason }[];
      gap: ProvenGap | null;
    }
  >;
