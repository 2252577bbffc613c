import type { CommandId, Instant } from '#kernel/id';
import type { NetworkId } from '#domain/ids';
import type { DomainActor } from '#domain/vocabulary';

/** Who gives a command, where, and under which id (R22): what every use case carries besides its own fields. */
export interface Envelope {
  readonly networkId: NetworkId;
  /** The role is the edge's to tell, from the token's claim for this network. */
  readonly by: DomainActor;
  readonly commandId: CommandId;
  /** The id was drawn for this command alone: nothing was written under it before, nor under ids that follow from it. */
  readonly isFirst?: true;
  /** SHA-256 of what was asked, where the same id may come again: with other words it is another command, and refused (R22). */
  readonly bodyDigest?: string;
  readonly correlationId?: string;
  readonly causationId?: string;
  /** For whoever plays a known history (demo, tests): edges leave it out, and the clock tells. */
  readonly at?: Instant;
  /** Only if the stream still stands at this revision (HTTP's If-Match); left out, whatever it stands at. */
  readonly expectedRevision?: number;
}
