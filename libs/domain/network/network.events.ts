import type { DomainEvent, Personal } from '#kernel/message';
import type { MemberId, NetworkId } from '../ids';
import type { Language } from '../vocabulary';
import type { Policy } from './policy';

export type NetworkEvent =
  | DomainEvent<
      'NetworkOpened',
      { networkId: NetworkId; label: string; timeZone: string; defaultLanguage: Language; policyVersion: 1; policy: Policy }
    >
  | DomainEvent<'PolicyChanged', { networkId: NetworkId; policyVersion: number; policy: Policy }>
  | DomainEvent<'CharterPublished', { networkId: NetworkId; charterVersion: number; text: Readonly<Partial<Record<Language, string>>> }>
  | DomainEvent<'MediatorNamed', { networkId: NetworkId; memberId: MemberId }>
  | DomainEvent<'MediatorRemoved', { networkId: NetworkId; memberId: MemberId }>
  | DomainEvent<'PairForbidden', { networkId: NetworkId; pair: readonly [MemberId, MemberId]; by: MemberId; reason: Personal }>
  | DomainEvent<'PairAllowed', { networkId: NetworkId; pair: readonly [MemberId, MemberId]; by: MemberId; reason: Personal }>;
