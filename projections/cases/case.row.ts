import type { Instant } from '#kernel/id';
import type { Personal } from '#kernel/message';
import type { DisputeKind } from '#domain/exchange/exchange.events';
import type { MemberId, NetworkId } from '#domain/ids';
import type { IncidentKind } from '#domain/incident/incident.events';
import type { ContestKind } from '#domain/offer/offer.events';

/** One contest, dispute or incident: who opened it, what it says, what became of it. Texts are references. */
export interface Case {
  /** A dispute's or an incident's own id; a contest goes by its offer's or request's. */
  readonly id: string;
  readonly matter: ContestKind | DisputeKind | IncidentKind;
  readonly state: 'open' | 'assessed' | 'settled';
  readonly openedAt: Instant;
  readonly settleBy: Instant;
  /** Null for what the indicators found. */
  readonly by: MemberId | null;
  readonly text: Personal | null;
  /** What was decided on an incident. */
  readonly action: Personal | null;
  readonly settlement: Personal | null;
  /** `ended`: what was contested ended by itself, and nothing was left to settle. */
  readonly outcome: 'kept' | 'taken-down' | 'goes-on' | 'closed' | 'resolved' | 'ended' | null;
}

/** The cases about one offer, request or exchange, in the order in which they were opened; or one incident. */
export interface CaseRow {
  readonly of: 'offer' | 'request' | 'exchange' | 'incident';
  readonly id: string;
  readonly networkId: NetworkId;
  /** Whom every case here names, besides who opened it: they settle none of them (§7). */
  readonly named: readonly MemberId[];
  /** What is contested, in its author's words. */
  readonly content: { readonly wording: Personal; readonly topic: Personal } | null;
  /** What an incident is about. */
  readonly exchangeId: string | null;
  readonly indicator: string | null;
  readonly cases: readonly Case[];
}

export const opened = (
  event: {
    readonly matter: Case['matter'];
    readonly by: MemberId | null;
    readonly text: Personal | null;
    readonly settleBy: Instant;
  },
  { id, at }: { readonly id: string; readonly at: Instant },
): Case => ({ id, state: 'open', openedAt: at, action: null, settlement: null, outcome: null, ...event });

/** The last case is the only one that may be open: they follow each other. */
export const lastChanged = (row: CaseRow, change: Partial<Case>): CaseRow => {
  const last = row.cases.at(-1);
  return last === undefined || last.state === 'settled' ? row : { ...row, cases: [...row.cases.slice(0, -1), { ...last, ...change }] };
};
