import { roundEvents, matchEvents } from '#domain/event-types';
import type { Recorded } from '#kernel/message';
import type { Projection } from '#kernel/projection';
import type { MatchEvent } from '#domain/match/match.events';
import type { RoundEvent } from '#domain/round/round.events';
import { foldFound, foldLeft, leftKey, type FoundRow, type LeftRow } from './found.fold';
import { foldRound, type RoundRow } from './round.fold';

export type RoundsEvent = RoundEvent | MatchEvent;
export type RoundsRow = RoundRow | FoundRow | LeftRow;

const keys = ({ type, data }: Recorded<RoundsEvent>): readonly string[] => {
  switch (type) {
    case 'MatchingRoundStarted':
    case 'MatchingRoundCompleted':
      return [`round/${data.roundId}`];
    case 'MatchesFound':
      return data.matches.map(({ matchId }) => `match/${matchId}`);
    case 'RequestsLeftUnmatched':
      return data.requests.map(({ requestId }) => leftKey(data.roundId, requestId));
    default:
      return [`match/${data.matchId}`];
  }
};

const fold = (row: RoundsRow | undefined, event: Recorded<RoundsEvent>, key: string): RoundsRow | null => {
  switch (event.type) {
    case 'MatchingRoundStarted':
    case 'MatchingRoundCompleted':
      return foldRound(row?.kind === 'round' ? row : undefined, event);
    case 'RequestsLeftUnmatched':
      return foldLeft(event, key);
    default:
      return foldFound(row?.kind === 'match' ? row : undefined, event, key);
  }
};

/** What did a round find, what did it leave and why, and what became of what it found? */
export const rounds: Projection<RoundsEvent, RoundsRow> = {
  name: 'rounds',
  version: 2,
  handles: { ...roundEvents, ...matchEvents },
  keys,
  evolve: (row, event, key) => ({ row: fold(row, event, key), evidence: [event.meta.eventId] }),
};
