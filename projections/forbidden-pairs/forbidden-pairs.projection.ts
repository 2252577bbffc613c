import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { MemberId, NetworkId } from '#domain/ids';
import type { NetworkEvent } from '#domain/network/network.events';

export type PairEvent = Extract<NetworkEvent, { type: 'PairForbidden' | 'PairAllowed' }>;

export interface ForbiddenPairRow {
  readonly networkId: NetworkId;
  /** In the order of their ids: it says nothing. */
  readonly pair: readonly [MemberId, MemberId];
  readonly by: MemberId;
  readonly since: Instant;
  readonly reason: Personal;
}

const ordered = ([one, other]: readonly [MemberId, MemberId]): readonly [MemberId, MemberId] =>
  one <= other ? [one, other] : [other, one];

/** Who is kept apart, since when and why? A pair that was lifted has no row. */
export const forbiddenPairs: Projection<PairEvent, ForbiddenPairRow> = {
  name: 'forbidden-pairs',
  version: 1,
  handles: { PairForbidden: true, PairAllowed: true },
  keys: ({ data: { networkId, pair } }) => [`${networkId}/${ordered(pair).join('/')}`],
  evolve: (_, { type, data: { networkId, pair, by, reason }, meta }) => ({
    row: type === 'PairAllowed' ? null : { networkId, pair: ordered(pair), by, since: meta.occurredAt, reason },
    evidence: [meta.eventId],
  }),
};
