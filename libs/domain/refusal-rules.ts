import { auditRefusalRules, type AuditRefusal } from './audit/audit.decider';
import { exchangeRefusalRules, type ExchangeRefusal } from './exchange/exchange.refusals';
import { incidentRefusalRules, type IncidentRefusal } from './incident/incident.refusals';
import { matchRefusalRules, type MatchRefusal } from './match/match.refusals';
import { memberRefusalRules, type MemberRefusal } from './member/member.refusals';
import { networkRefusalRules, type NetworkRefusal } from './network/network.refusals';
import { offerRefusalRules, type OfferRefusal } from './offer/offer.refusals';
import { requestRefusalRules, type RequestRefusal } from './request/request.refusals';
import { retentionRefusalRules, type RetentionRefusal } from './retention/retention.refusals';
import { roundRefusalRules, type RoundRefusal } from './round/round.decider';
import type { RuleId } from './rule';

/** Every refusal of every decider. */
export type SavoirsRefusal =
  | NetworkRefusal
  | MemberRefusal
  | OfferRefusal
  | RequestRefusal
  | RoundRefusal
  | MatchRefusal
  | ExchangeRefusal
  | IncidentRefusal
  | AuditRefusal
  | RetentionRefusal;

export type RefusalCode = SavoirsRefusal['code'];

/** The rule that each refusal enforces; null where it enforces none by number. A code without a line does not compile. */
export const refusalRules: Readonly<Record<RefusalCode, RuleId | null>> = {
  ...networkRefusalRules,
  ...memberRefusalRules,
  ...offerRefusalRules,
  ...requestRefusalRules,
  ...roundRefusalRules,
  ...matchRefusalRules,
  ...exchangeRefusalRules,
  ...incidentRefusalRules,
  ...auditRefusalRules,
  ...retentionRefusalRules,
  // Shared by aggregates that mean different rules by them.
  'not-allowed': null,
  'window-still-open': null,
  'case-names-you': null,
};
