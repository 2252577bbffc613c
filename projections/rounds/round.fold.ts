import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { NetworkId, RoundId } from '#domain/ids';
import type { ProvenGap, RoundEvent } from '#domain/round/round.events';

/** A run of the matcher: what shows it again (R18), and its counts once it is over. */
export interface RoundRow {
  readonly kind: 'round';
  readonly networkId: NetworkId;
  readonly roundId: RoundId;
  readonly status: 'started' | 'completed';
  readonly startedAt: Instant;
  readonly by: string;
  /** As of when waiting and rest were judged; null in rounds that were recorded before it was told. */
  readonly asOf: Instant | null;
  readonly readUpTo: string | null;
  readonly inputHash: string;
  readonly policyVersion: number;
  readonly seed: number;
  readonly solverVersion: string;
  readonly considered: { readonly offers: number; readonly requests: number } | null;
  /** Null until it is over. */
  readonly matched: number | null;
  readonly unmatched: number | null;
  /** How far it is proven that nothing better exists; null, too, in rounds of solvers that proved nothing. */
  readonly gap: ProvenGap | null;
}

export type RoundsOwn = Extract<RoundEvent, { type: 'MatchingRoundStarted' | 'MatchingRoundCompleted' }>;

export const foldRound = (row: RoundRow | undefined, { type, data, meta }: Recorded<RoundsOwn>): RoundRow | null => {
  if (type === 'MatchingRoundStarted') {
    const { at, by } = { at: meta.occurredAt, by: meta.actor.id };
    return { kind: 'round', ...data, status: 'started', startedAt: at, by, considered: null, matched: null, unmatched: null, gap: null };
  }
  if (!row) return null;
  const { considered, matched, unmatched, gap } = data;
  return { ...row, status: 'completed', considered, matched, unmatched, gap };
};
