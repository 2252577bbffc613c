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

/** Of these alone, where the others go on together: who fell silent, declined or dropped out. Null where it ended for all. */
const goneOf = ({ type, data }: Recorded<PairEvent>): readonly MemberId[] | null => {
  switch (type) {
    case 'MatchConfirmed':
      return data.dropped.map(({ memberId }) => memberId);
    case 'MatchDeclined':
      return data.ends ? null : [data.memberId];
    case 'ParticipantDropped':
      return [data.memberId];
    default:
      return null;
  }
};

const everybodyIn = ({ type, data }: Recorded<PairEvent>): readonly Participant[] => {
  if (type === 'ParticipantDropped') return [data.participant, ...data.others];
  return type === 'MatchConfirmed' ? [...data.participants, ...data.dropped] : data.participants;
};

export const pairKeysOf = (event: Recorded<PairEvent>): readonly string[] => {
  const gone = goneOf(event);
  const pairs = pairsOf(everybodyIn(event)).filter((pair) => gone === null || pair.split('/').some((id) => gone.some((one) => one === id)));
  return pairs.map((pair) => `pair/${pair}`);
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
