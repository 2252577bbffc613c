import type { Instant } from '#kernel/id';
import type { NetworkId } from '#domain/ids';
import type { RoundInputs } from '#matching/round-inputs';

export interface FrozenInputs {
  readonly inputs: RoundInputs;
  /** Id of the last event that the inputs contain; null on an empty log. */
  readonly readUpTo: string | null;
}

/** A network's offers, requests and people as of one moment, in one snapshot: what a round may read (R17).
 * Waiting and rest are judged as of `asOf`; everything else stands as it is. */
export interface RoundInputsSource {
  freeze(networkId: NetworkId, asOf: Instant): Promise<FrozenInputs>;
}
