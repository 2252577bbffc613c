import { randomUUID } from 'node:crypto';
import type { EventId } from '#kernel/id';
import type { EventLog, Position, StoredEvent } from '#event-store/log.port';
import { fromPosition, toPosition } from '#event-store/position';

/** The last of its type in the whole log. */
const lastOf = async (log: EventLog, type: string, after: Position): Promise<StoredEvent | undefined> => {
  let last: StoredEvent | undefined;
  for await (const event of log.readAll({ after, filter: { types: [type] } })) last = event;
  return last;
};

const reading = (log: EventLog, readAll: EventLog['readAll']): EventLog => ({
  logId: () => log.logId(),
  append: (stream, expected, events) => log.append(stream, expected, events),
  readStream: (stream, read) => log.readStream(stream, read),
  readAll,
  subscribe: (from) => log.subscribe(from),
  head: () => log.head(),
  close: () => log.close(),
});

/** A log that has lost the last event of a type. */
export const withoutLast =
  (type: string) =>
  (log: EventLog): EventLog =>
    reading(log, async function* (read) {
      const lost = await lastOf(log, type, read.after);
      for await (const event of log.readAll(read)) if (event.eventId !== lost?.eventId) yield event;
    });

/** A log with the last event of a type once more at its end, under another id, as a retry that was not recognised would write it. */
export const withDuplicate =
  (type: string) =>
  (log: EventLog): EventLog =>
    reading(log, async function* (read) {
      const one = await lastOf(log, type, read.after);
      let [end, revision]: [Position, number] = [read.after, -1];
      for await (const event of log.readAll(read)) {
        if (event.stream === one?.stream) ({ revision } = event);
        end = event.position;
        yield event;
      }
      if (!one) return;
      const eventId = randomUUID() as EventId;
      const meta = one.meta.replaceAll(one.eventId, eventId);
      yield { ...one, eventId, meta, revision: revision + 1, position: toPosition(fromPosition(end) + 1n) };
    });
