import type { Personal } from '#kernel/message';
import type { DomainCommand } from '../command';
import type { MemberId, NetworkId } from '../ids';
import type { Language } from '../vocabulary';
import type { Policy } from './policy';
import type { PolicyChanges } from './policy-change';

export type NetworkCommand =
  | DomainCommand<'OpenNetwork', { networkId: NetworkId; label: string; timeZone: string; defaultLanguage: Language; policy: Policy }>
  /** Names only what changes; the rest stays, inside headcount and thresholds too. */
  | DomainCommand<'ChangePolicy', { networkId: NetworkId; changes: PolicyChanges }>
  | DomainCommand<'PublishCharter', { networkId: NetworkId; text: Readonly<Partial<Record<Language, string>>> }>
  | DomainCommand<'NameMediator', { networkId: NetworkId; memberId: MemberId }>
  | DomainCommand<'RemoveMediator', { networkId: NetworkId; memberId: MemberId }>
  | DomainCommand<'ForbidPair', { networkId: NetworkId; pair: readonly [MemberId, MemberId]; reason: Personal }>
  /** The pair may be matched again. */
  | DomainCommand<'LiftPair', { networkId: NetworkId; pair: readonly [MemberId, MemberId]; reason: Personal }>;
