import type { QueueRow, SharedRow } from './match-queue.projection';
import { PARTICIPANTS, personOf } from './wait';

/** A frame is one for all who listen, and one of them may take part: it names no learner who has not accepted yet (§7). */
const isUntold = (row: SharedRow, memberId: string | null): boolean =>
  row.kind === 'match' &&
  row.participants.some((place) => place.memberId === memberId && place.role === 'learner' && !row.accepted.includes(place.memberId));

/**
 * One row as the facilitator's queue shows it, all its waits together, by ids and without texts; nothing while it waits for nobody. A wait
 * is in the queue from its `from` on: a feed tells it before, as no event will say that the moment has come. Nor does one say that a window
 * for evaluations or follow-ups has ended, as what is answered must not (R15): those are in the queue alone.
 */
export const queueItemOf = (row: QueueRow): object | null => {
  if (row.kind === 'asked') return null;
  const waits = row.waits.filter(({ who }) => who !== PARTICIPANTS);
  if (waits.length === 0) return null;
  const participants = 'participants' in row ? row.participants : [];
  return {
    kind: row.kind,
    id: row.id,
    topicUri: 'topicUri' in row ? row.topicUri : null,
    participants: participants.map(({ memberId, role }) => ({ memberId: isUntold(row, memberId) ? null : memberId, role })),
    score: row.kind === 'match' ? row.score : null,
    waits: waits.map(({ who, why, since, from, until }) => ({
      who: isUntold(row, personOf({ who })) ? 'member' : who,
      ...{ why, since, from, until },
    })),
  };
};
