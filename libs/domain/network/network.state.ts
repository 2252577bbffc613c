import type { Instant } from '#kernel/id';
import { FIRST_INSTANT } from '#kernel/instant';
import type { Personal } from '#kernel/message';
import type { NetworkFacts } from '../command';
import type { MemberId, NetworkId } from '../ids';
import type { Language } from '../vocabulary';
import type { NetworkEvent } from './network.events';
import type { Policy } from './policy';

export type CharterText = Readonly<Partial<Record<Language, string>>>;

export interface OpenNetwork {
  readonly status: 'open';
  readonly networkId: NetworkId;
  readonly openedAt: Instant;
  readonly label: string;
  readonly timeZone: string;
  readonly defaultLanguage: Language;
  readonly policyVersion: number;
  readonly policy: Policy;
  /** 0 before the first charter. */
  readonly charterVersion: number;
  readonly charterText: CharterText;
  readonly mediators: readonly MemberId[];
  readonly forbiddenPairs: readonly Pair[];
  /** What was last said of each pair that is kept apart, or was. */
  readonly pairReasons: readonly PairReason[];
}

type Pair = readonly [MemberId, MemberId];

interface PairReason {
  readonly pair: Pair;
  readonly reason: Personal;
}

export type NetworkState = { readonly status: 'unknown' } | OpenNetwork;

export const samePair = ([a, b]: Pair, [c, d]: Pair): boolean => (a === c && b === d) || (a === d && b === c);

export const evolveNetwork = (network: NetworkState, event: NetworkEvent): NetworkState => {
  if (event.type === 'NetworkOpened') {
    const openedAt = event.occurredAt ?? FIRST_INSTANT;
    return {
      openedAt,
      charterVersion: 0,
      charterText: {},
      mediators: [],
      forbiddenPairs: [],
      pairReasons: [],
      ...event.data,
      status: 'open',
    };
  }
  return network.status === 'unknown' ? network : evolveOpen(network, event);
};

const evolveOpen = (network: OpenNetwork, event: Exclude<NetworkEvent, { type: 'NetworkOpened' }>): OpenNetwork => {
  switch (event.type) {
    case 'PolicyChanged':
      return { ...network, policyVersion: event.data.policyVersion, policy: event.data.policy };
    case 'CharterPublished':
      return { ...network, charterVersion: event.data.charterVersion, charterText: event.data.text };
    case 'MediatorNamed':
      return { ...network, mediators: [...network.mediators.filter((id) => id !== event.data.memberId), event.data.memberId] };
    case 'MediatorRemoved':
      return { ...network, mediators: network.mediators.filter((id) => id !== event.data.memberId) };
    case 'PairForbidden':
      return { ...withReason(network, event.data), forbiddenPairs: [...network.forbiddenPairs, event.data.pair] };
    case 'PairAllowed':
      return {
        ...withReason(network, event.data),
        forbiddenPairs: network.forbiddenPairs.filter((pair) => !samePair(pair, event.data.pair)),
      };
  }
};

const withReason = (network: OpenNetwork, { pair, reason }: PairReason): OpenNetwork => ({
  ...network,
  pairReasons: [...network.pairReasons.filter((other) => !samePair(other.pair, pair)), { pair, reason }],
});

/** What decisions of other aggregates may know of this network; null where no such network is open. */
export const networkFacts = (network: NetworkState, networkId: NetworkId): NetworkFacts | null => {
  if (network.status === 'unknown' || network.networkId !== networkId) return null;
  const { label, openedAt, policyVersion, policy, charterVersion, mediators, forbiddenPairs, timeZone, defaultLanguage } = network;
  return { networkId, label, openedAt, policyVersion, policy, charterVersion, mediators, forbiddenPairs, timeZone, defaultLanguage };
};
