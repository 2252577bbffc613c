import type { DataOf } from '#kernel/message';
import type { RoundId } from '#domain/ids';
import type { RoundEvent } from '#domain/round/round.events';
import type { Codec } from '#event-store/codec.port';
import type { EventLog, Position } from '#event-store/log.port';
import type { RoundResult } from '#matching/matcher';
import { plain } from '../dispatch/load-stream';
import { streamNamed } from '../dispatch/run-decider';

/** A round as its stream tells it, as far as it is recorded. */
export interface RecordedRound {
  readonly started: DataOf<RoundEvent, 'MatchingRoundStarted'>;
  readonly startedAt: Position;
  readonly matches: RoundResult['matches'];
  readonly unmatched: RoundResult['unmatched'];
  readonly completed: DataOf<RoundEvent, 'MatchingRoundCompleted'> | null;
}

export interface RoundLog {
  readonly log: Pick<EventLog, 'readStream'>;
  readonly codec: Pick<Codec, 'decode'>;
}

const after = (round: RecordedRound | null, event: RoundEvent, position: Position): RecordedRound | null => {
  if (event.type === 'MatchingRoundStarted')
    return { started: event.data, startedAt: position, matches: [], unmatched: [], completed: null };
  if (round === null) return null;
  switch (event.type) {
    case 'MatchesFound':
      return { ...round, matches: [...round.matches, ...event.data.matches] };
    case 'RequestsLeftUnmatched':
      return { ...round, unmatched: [...round.unmatched, ...event.data.requests] };
    case 'MatchingRoundCompleted':
      return { ...round, completed: event.data };
  }
};

/** Null: nothing is recorded under this id. */
export const readRound = async ({ log, codec }: RoundLog, roundId: RoundId): Promise<RecordedRound | null> => {
  let round: RecordedRound | null = null;
  for await (const stored of log.readStream(streamNamed('round', roundId)))
    round = after(round, plain(codec.decode(stored)) as RoundEvent, stored.position);
  return round;
};
