import type { Instant } from '#kernel/id';
import type { NetworkFacts } from '#domain/command';
import type { NetworkId } from '#domain/ids';
import type { Position } from '#event-store/log.port';
import type { RoundInputs } from '#matching/round-inputs';

export interface FrozenInputs {
  readonly inputs: RoundInputs;
  /** Id of the last event that the inputs contain; null on an empty log. */
  readonly readUpTo: string | null;
  /** As of which the inputs are, or a little later: by its policy they are matched. */
  readonly facts: Pick<NetworkFacts, 'policy' | 'policyVersion'>;
  /** Open offers and requests whose words alone tell their topic, and whose words nobody can read (any more): in no round. */
  readonly unreadable: number;
}

/** What of a recorded round tells its inputs again. */
export interface RecordedInputs {
  readonly networkId: NetworkId;
  readonly asOf: Instant;
  readonly readUpTo: string | null;
  readonly inputHash: string;
  readonly policyVersion: number;
  /** Of the event that tells all this: what the round read lies before it. */
  readonly startedAt: Position;
}

/** A network's offers, requests and people as of one moment, in one snapshot: what a round may read (R17).
 * Waiting and rest are judged as of `asOf`; everything else stands as it is. */
export interface RoundInputsSource {
  /** Null: no such network is open. */
  freeze(networkId: NetworkId, asOf: Instant): Promise<FrozenInputs | null>;
  /** The same as that round read it, folded from the log up to there; with the texts of today (R18, R19). @throws where `signal` aborts, its reason */
  inputsAt(round: RecordedInputs, signal?: AbortSignal): Promise<FrozenInputs>;
}
