import type { MatchId, MemberId } from '#domain/ids';
import type { SentCommand } from '#domain/catalogue';
import { isDue, type SavoirsProcess } from './process-types';

type Handled = 'ExchangeAgreed' | 'ExchangeHeld' | 'ExchangeCancelled' | 'ExchangeInterrupted' | 'ExchangeClosed';

/** An exchange that was agreed, and has neither been held nor ended since. */
interface UnheldRow {
  readonly matchId: MatchId;
  readonly members: readonly MemberId[];
}

/** Whoever dropped out since was released then: their streams ignore what is said twice. */
const end = ({ matchId, members }: UnheldRow): readonly SentCommand[] =>
  members.map((memberId) => ({ type: 'ReleaseEngagement', data: { memberId, matchId } }));

/** R11: a dispute may close an exchange before it was held. That ends it unheld: its places are released, and requests re-open with them (§3). */
export const closedUnheld: SavoirsProcess<Handled, UnheldRow> = {
  name: 'closed-unheld',
  version: 2,
  handles: { ExchangeAgreed: true, ExchangeHeld: true, ExchangeCancelled: true, ExchangeInterrupted: true, ExchangeClosed: true },
  keys: ({ data }) => [data.exchangeId],
  evolve: (row, { type, data }) => {
    if (type === 'ExchangeAgreed') return { row: { matchId: data.matchId, members: data.participants.map(({ memberId }) => memberId) } };
    return { row: type === 'ExchangeClosed' ? (row ?? null) : null };
  },
  react: (row, cause) => (!isDue(cause) && cause.type === 'ExchangeClosed' ? end(row) : []),
};
