import type { QueueRow } from './match-queue.projection';
import { personOf } from './wait';

/** A frame is one for all who listen, and one of them may take part: it tells no learner who has not accepted yet (§7). */
const isUntold = (row: QueueRow, memberId: string | null): boolean =>
  row.kind === 'match' &&
  row.participants.some((place) => place.memberId === memberId && place.role === 'learner' && !row.accepted.includes(place.memberId));

/**
 * One row as the facilitator's queue shows it, all its waits together, by ids and without texts; nothing while it waits for nobody. A wait
 * is in the queue from its `from` on: a feed tells it before, as no event will say that the moment has come.
 */
export const queueItemOf = (row: QueueRow): object | null => {
  if (row.waits.length === 0) return null;
  const participants = 'participants' in row ? row.participants : [];
  return {
    kind: row.kind,
    id: row.id,
    topicUri: 'topicUri' in row ? row.topicUri : null,
    participants: participants.map(({ memberId, role }) => ({ memberId: isUntold(row, memberId) ? null : memberId, role })),
    score: row.kind === 'match' ? row.score : null,
    waits: row.waits.map(({ who, why, since, from, until }) => ({
      who: isUntold(row, personOf({ who })) ? 'member' : who,
      ...{ why, since, from, until },
    })),
  };
};
