import type { Instant } from '#kernel/id';
import type { DataOf } from '#kernel/message';
import type { RoundId } from '#domain/ids';
import type { RoundCommand } from '#domain/round/round.commands';
import type { Envelope } from './dispatch/envelope';
import type { Outcome } from './dispatch/outcome';
import type { Replay } from './round/replay';

export interface AskedRound {
  readonly envelope: Envelope;
  readonly options: { readonly dryRun?: boolean; readonly seed?: number; readonly asOf?: Instant };
}

export interface DryRun {
  readonly outcome: 'dry-run';
  readonly round: DataOf<RoundCommand, 'RunMatchingRound'>;
  readonly policyVersion: number;
}

/** In this order. From `recording` on a round is no longer stopped: it is a moment. */
export type RoundPhase = 'waiting' | 'reading' | 'solving' | 'recording';

/** Whoever follows a round on its way. */
export interface RoundWatch {
  readonly signal: AbortSignal;
  /** Before each phase. Rejects with the signal's reason where the round is stopped. */
  readonly enter: (phase: RoundPhase) => Promise<void>;
}

/** Runs rounds, here or in a process of their own. What is stopped or dies before `recording` has written nothing. */
export interface RoundRunner {
  run(asked: AskedRound, watch: RoundWatch): Promise<Outcome | DryRun>;
  /** Runs a recorded round again, and compares (R18). Writes nothing. Null: no round is recorded under this id. */
  replay(roundId: RoundId, watch: RoundWatch): Promise<Replay | null>;
}
