import type { EventId } from '#kernel/id';
import { START, type EventLog } from '#event-store/log.port';
import { NotPossible } from '#testing/processes/long-run';

/** A log on which one play should be alone, on a server where anybody may write. */
export interface SoleWriter {
  readonly log: EventLog;
  /** What came of it says nothing about the play where somebody else's events lie among its own. @throws NotPossible in one sentence */
  refuseOthers(): Promise<void>;
}

/** Remembers what is appended through it, answered or not. */
export const soleWriter = (log: EventLog): SoleWriter => {
  const own = new Set<EventId>();
  return {
    log: {
      logId: () => log.logId(),
      append: (stream, expected, events) => {
        for (const { eventId } of events) own.add(eventId);
        return log.append(stream, expected, events);
      },
      readStream: (stream, read) => log.readStream(stream, read),
      readAll: (read) => log.readAll(read),
      subscribe: (from) => log.subscribe(from),
      head: () => log.head(),
      // closed by whoever opened it: after the play it is read once more
      close: () => Promise.resolve(),
    },
    refuseOthers: async () => {
      for await (const { eventId } of log.readAll({ after: START }))
        if (!own.has(eventId))
          throw new NotPossible(
            'Another program writes to the server that TEST_EVENTSTORE_URL names: stop it, or name a server of its own.',
          );
    },
  };
};
