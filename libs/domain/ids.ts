import type { Brand } from '#kernel/id';

export type NetworkId = Brand<string, 'NetworkId'>;
export type MemberId = Brand<string, 'MemberId'>;
export type OfferId = Brand<string, 'OfferId'>;
export type RequestId = Brand<string, 'RequestId'>;
export type RoundId = Brand<string, 'RoundId'>;
export type MatchId = Brand<string, 'MatchId'>;
export type ExchangeId = Brand<string, 'ExchangeId'>;
export type SessionId = Brand<string, 'SessionId'>;
export type CriterionId = Brand<string, 'CriterionId'>;
export type DisputeId = Brand<string, 'DisputeId'>;
export type IncidentId = Brand<string, 'IncidentId'>;
export type RetentionRunId = Brand<string, 'RetentionRunId'>;

/**
 * R15: 128 random bits, 32 hex digits, in the event of an evaluation or a follow-up and never shown: a form has a few hundred possible
 * contents, and without them every hash over one could be tried.
 */
export type Salt = Brand<string, 'Salt'>;
