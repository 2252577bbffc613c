import type { Instant } from '#kernel/id';
import type { NetworkId, RoundId } from '#domain/ids';
import type { RoundExplained } from '#matching/explain/explanation';

export interface AskedExplanation {
  readonly networkId: NetworkId;
  /** Null: a round of today over what is open now, which nobody runs. */
  readonly roundId: RoundId | null;
}

/** Whoever waits for an explanation: hears how far it is, and may stop it. */
export interface ExplanationWatch {
  readonly signal: AbortSignal;
  readonly tell: (done: number, of: number) => void;
}

/**
 * What an explanation rests on. `recorded`: the round's own inputs and solver; the next three: what can be had of it today, where words are
 * erased since, the inputs differ otherwise, or the solver is another; the last: what is open now.
 */
export type ExplanationBasis = 'recorded' | 'texts-erased' | 'inputs-differ' | 'other-solver' | 'present';

export interface Explanation {
  readonly roundId: RoundId | null;
  readonly basis: ExplanationBasis;
  readonly asOf: Instant;
  readonly policyVersion: number;
  readonly seed: number;
  readonly explained: RoundExplained;
}

/** `undated` rounds were recorded before they told as of when they judge. In rings one change moves many: what would serve more is not told. */
export type NotExplained = 'not-found' | 'not-completed' | 'undated' | 'rings';

/** Solves a round again and again, here or in a process of its own; writes nothing. */
export interface RoundExplainer {
  /** @throws the signal's reason where it is stopped */
  explain(asked: AskedExplanation, watch: ExplanationWatch): Promise<Explanation | NotExplained>;
}
