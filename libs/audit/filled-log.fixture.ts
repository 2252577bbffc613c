import type { EventId, StreamName } from '#kernel/id';
import { START, type EventLog, type EventToAppend, type StoredEvent } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { leafHashOf } from './leaf';
import { GrowingTree } from './tiles/growing-tree';

export interface StreamEvent {
  readonly stream: StreamName;
  readonly event: EventToAppend;
}

/** The same events each time: event `n` of 700 lies in one of seven streams. */
export const sampleEvents = (count: number): readonly StreamEvent[] =>
  Array.from({ length: count }, (_, n) => ({
    stream: `exchange-${n % 7}` as StreamName,
    event: {
      eventId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}` as EventId,
      type: n % 3 === 0 ? 'SessionHeld' : 'HeldConfirmed',
      version: 1 + (n % 2),
      meta: `{"actor":{"id":"m${n % 5}","role":"member"},"policyVersion":${1 + (n % 2)}}`,
      data: `{"note":"é${n}"}`,
    },
  }));

export const fillLog = async <Log extends EventLog>(log: Log, some: readonly StreamEvent[]): Promise<Log> => {
  for (const { stream, event } of some) await log.append(stream, 'any', [event]);
  return log;
};

export const logWith = (some: readonly StreamEvent[]): Promise<MemoryLog> => fillLog(new MemoryLog(), some);

/** A log that gives other events than it holds: what somebody made of it who can write where it lies. */
export const tamperedLog = (log: EventLog, alter: (events: StoredEvent[]) => StoredEvent[]): Pick<EventLog, 'readAll'> => ({
  async *readAll({ after = START, limit = Infinity }) {
    const events: StoredEvent[] = [];
    for await (const event of log.readAll({ after: START })) events.push(event);
    yield* alter(events)
      .filter(({ position }) => position > after)
      .slice(0, limit);
  },
});

export const rootOf = async (log: Pick<EventLog, 'readAll'>): Promise<Uint8Array> => {
  const tree = new GrowingTree();
  for await (const event of log.readAll({ after: START })) tree.append(leafHashOf(event, tree.size + 1));
  return tree.root();
};
