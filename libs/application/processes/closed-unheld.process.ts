import type { MatchId } from '#domain/ids';
import type { Participant } from '#domain/vocabulary';
import type { SavoirsOrder } from '#domain/catalogue';
import { isDue, type SavoirsProcess } from './process-types';

type Handled = 'ExchangeAgreed' | 'ExchangeHeld' | 'ExchangeCancelled' | 'ExchangeInterrupted' | 'ExchangeClosed';

/** An exchange that was agreed, and has neither been held nor ended since. */
interface UnheldRow {
  readonly matchId: MatchId;
  readonly participants: readonly Participant[];
}

/** Whoever dropped out since was released then: their streams ignore what is said twice. */
const end = ({ matchId, participants }: UnheldRow): readonly SavoirsOrder[] =>
  participants.flatMap((place): readonly SavoirsOrder[] => [
    { type: 'ReleaseEngagement', data: { memberId: place.memberId, matchId } },
    ...(place.role === 'learner' ? [{ type: 'ReopenRequest', data: { requestId: place.requestId, matchId } } as const] : []),
  ]);

/** R11, §3: a dispute may close an exchange before it was held. That ends it unheld: its places are released, its requests re-open. */
export const closedUnheld: SavoirsProcess<Handled, UnheldRow> = {
  name: 'closed-unheld',
  version: 1,
  handles: { ExchangeAgreed: true, ExchangeHeld: true, ExchangeCancelled: true, ExchangeInterrupted: true, ExchangeClosed: true },
  keys: ({ data }) => [data.exchangeId],
  evolve: (row, { type, data }) => {
    if (type === 'ExchangeAgreed') return { row: { matchId: data.matchId, participants: data.participants } };
    return { row: type === 'ExchangeClosed' ? (row ?? null) : null };
  },
  react: (row, cause) => (!isDue(cause) && cause.type === 'ExchangeClosed' ? end(row) : []),
};
