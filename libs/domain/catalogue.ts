import type { AuditCommand } from './audit/audit.commands';
import type { AuditEvent } from './audit/audit.events';
import type { Sent } from './command';
import type { ExchangeCommand } from './exchange/exchange.commands';
import type { ExchangeEvent } from './exchange/exchange.events';
import type { IncidentCommand } from './incident/incident.commands';
import type { IncidentEvent } from './incident/incident.events';
import type { MatchCommand } from './match/match.commands';
import type { MatchEvent } from './match/match.events';
import type { MemberCommand } from './member/member.commands';
import type { MemberEvent } from './member/member.events';
import type { NetworkCommand } from './network/network.commands';
import type { NetworkEvent } from './network/network.events';
import type { OfferCommand } from './offer/offer.commands';
import type { OfferEvent } from './offer/offer.events';
import type { RequestCommand } from './request/request.commands';
import type { RequestEvent } from './request/request.events';
import type { RetentionCommand } from './retention/retention.commands';
import type { RetentionEvent } from './retention/retention.events';
import type { RoundCommand } from './round/round.commands';
import type { RoundEvent } from './round/round.events';

/** Every event there is. */
export type SavoirsEvent =
  | NetworkEvent
  | MemberEvent
  | OfferEvent
  | RequestEvent
  | RoundEvent
  | MatchEvent
  | ExchangeEvent
  | IncidentEvent
  | AuditEvent
  | RetentionEvent;

/** Every command there is; command names are unique over all aggregates. */
export type SavoirsCommand =
  | NetworkCommand
  | MemberCommand
  | OfferCommand
  | RequestCommand
  | RoundCommand
  | MatchCommand
  | ExchangeCommand
  | IncidentCommand
  | AuditCommand
  | RetentionCommand;

/** A command before run-decider adds actor, time and network facts. */
export type SentCommand = Sent<SavoirsCommand>;

export type Category =
  'network' | 'member' | 'offer' | 'request' | 'round' | 'match' | 'exchange' | 'incident' | 'audit' | 'operations' | 'retention';
