import type { NetworkId } from '#domain/ids';
import type { RoundInputs } from '#matching/round-inputs';

export interface FrozenInputs {
  readonly inputs: RoundInputs;
  /** Id of the last event that the inputs contain; null on an empty log. */
  readonly readUpTo: string | null;
}

/** A network's offers, requests and people as of one moment, in one snapshot: what a round may read (R17). */
export interface RoundInputsSource {
  freeze(networkId: NetworkId): Promise<FrozenInputs>;
}
