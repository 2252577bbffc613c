import type { Instant } from '#kernel/id';
import type { DueTimes } from '#kernel/process';
import type { MatchId } from '#domain/ids';
import { isDue, type Fact, type SavoirsProcess } from './process-types';

type Handled =
  | 'MatchOpened'
  | 'MatchDeclined'
  | 'MatchConfirmed'
  | 'MatchExpired'
  | 'ConnectionPlanned'
  | 'AgreementReached'
  | 'AgreementConfirmed'
  | 'AgreementNotReached';

interface MatchDeadlinesRow {
  readonly matchId: MatchId;
  readonly answerBy: Instant | null;
  readonly lapseAt: Instant | null;
}

const OVER = { answerBy: null, lapseAt: null };

/** The windows after a fact; null where it moves none. */
const windows = (event: Fact<Handled>): Pick<MatchDeadlinesRow, 'answerBy' | 'lapseAt'> | null => {
  switch (event.type) {
    case 'MatchOpened':
      return { answerBy: event.data.answerBy, lapseAt: null };
    case 'MatchConfirmed':
    case 'ConnectionPlanned':
      return { answerBy: null, lapseAt: event.data.lapseAt };
    case 'MatchDeclined':
      return event.data.ends ? OVER : null;
    case 'AgreementReached':
    case 'AgreementConfirmed':
      return event.data.awaiting.length === 0 ? OVER : null;
    case 'MatchExpired':
    case 'AgreementNotReached':
      return OVER;
  }
};

const due = ({ answerBy, lapseAt }: Pick<MatchDeadlinesRow, 'answerBy' | 'lapseAt'>): DueTimes => ({ answer: answerBy, lapse: lapseAt });

/** §3 deadlines of a match: R10's acceptance window, then the long stop of connection and outcome. The queues before it are queries. */
export const matchDeadlines: SavoirsProcess<Handled, MatchDeadlinesRow> = {
  name: 'match-deadlines',
  version: 1,
  handles: {
    MatchOpened: true,
    MatchDeclined: true,
    MatchConfirmed: true,
    MatchExpired: true,
    ConnectionPlanned: true,
    AgreementReached: true,
    AgreementConfirmed: true,
    AgreementNotReached: true,
  },
  keys: ({ data }) => [data.matchId],
  evolve: (row, event) => {
    const moved = windows(event);
    const kept = row ?? { matchId: event.data.matchId, ...OVER };
    return moved ? { row: { ...kept, ...moved }, due: due(moved) } : { row: kept };
  },
  react: ({ matchId, answerBy, lapseAt }, cause) => {
    if (!isDue(cause)) return [];
    if (cause.name === 'answer') return answerBy === null ? [] : [{ type: 'EndAcceptanceWindow', data: { matchId, answerBy } }];
    return lapseAt === null ? [] : [{ type: 'LapseMatch', data: { matchId, lapseAt } }];
  },
};
