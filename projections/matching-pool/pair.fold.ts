import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { PairEvent } from './matching-pool.projection';

/** R9, R16: what a giver and a learner had together; unordered. */
export interface PairRow {
  readonly kind: 'pair';
  readonly networkId: NetworkId;
  readonly pair: readonly [MemberId, MemberId];
  /** When it was recorded that their last match or exchange ended, or one of them was dropped: rounds leave them alone for a while after. */
  readonly lastEndedAt: Instant;
  /** Both were there at a held exchange. */
  readonly metBefore: boolean;
}

type Person = Pick<Participant, 'memberId' | 'role'>;

const pairsOf = (people: readonly Person[]): readonly string[] => {
  const givers = people.filter(({ role }) => role === 'giver');
  const learners = people.filter(({ role }) => role === 'learner');
  const pairs = givers.flatMap((giver) => learners.map((learner) => [giver.memberId, learner.memberId].sort().join('/')));
  return [...new Set(pairs)];
};

/** A decline that ends nothing concerns the pairs of the one who declined. */
export const pairKeysOf = ({ type, data }: Recorded<PairEvent>): readonly string[] => {
  const keys = pairsOf(type === 'MatchConfirmed' ? [...data.participants, ...data.dropped] : data.participants).map(
    (pair) => `pair/${pair}`,
  );
  // Whoever fell silent; the others go on together.
  if (type === 'MatchConfirmed') return keys.filter((key) => data.dropped.some(({ memberId }) => key.includes(memberId)));
  return type === 'MatchDeclined' && !data.ends ? keys.filter((key) => key.includes(data.memberId)) : keys;
};

export const foldPair = (row: PairRow | undefined, { type, data, meta }: Recorded<PairEvent>, key: string): PairRow => {
  const [, first, second] = key.split('/') as [string, MemberId, MemberId];
  const together = type === 'ExchangeHeld' && pairsOf(data.present).includes(`${first}/${second}`);
  return {
    kind: 'pair',
    networkId: data.networkId,
    pair: [first, second],
    lastEndedAt: meta.recordedAt,
    metBefore: together || (row?.metBefore ?? false),
  };
};
