import type { QueueRow } from './match-queue.projection';

/**
 * One row as the facilitator's queue shows it, all its waits together; nothing while it waits for nobody. A wait is in the queue from its
 * `from` on: a feed tells it before, as no event will say that the moment has come.
 */
export const queueItemOf = (row: QueueRow): object | null => {
  if (row.waits.length === 0) return null;
  return {
    kind: row.kind,
    id: row.id,
    topicUri: 'topicUri' in row ? row.topicUri : null,
    participants: 'participants' in row ? row.participants.map(({ memberId, role }) => ({ memberId, role })) : [],
    score: row.kind === 'match' ? row.score : null,
    waits: row.waits.map(({ who, why, since, from, until }) => ({ who, why, since, from, until })),
  };
};
