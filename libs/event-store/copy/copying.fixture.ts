import { randomUUID } from 'node:crypto';
import type { StreamName } from '#kernel/id';
import { anEvent, collected } from '../contract/subject';
import { LogUnavailable, START, type EventLog, type StoredEvent } from '../log.port';
import { MemoryLog } from '../memory/memory-log';
import { copyLog, type CopyResult } from './log-copy';
import type { CopyParts } from './copier';

/** Which of three streams each event goes to: neighbours now and then, all interleaved. */
const PATTERN = [0, 0, 1, 0, 2, 2, 2, 1, 0, 1, 1] as const;

export const aLogOf = async (count: number): Promise<MemoryLog> => {
  const log = new MemoryLog();
  await grow(log, count);
  return log;
};

export const grow = async (log: EventLog, count: number): Promise<void> => {
  for (let n = 0; n < count; n += 1) {
    const stream = `exchange-${PATTERN[n % PATTERN.length]}` as StreamName;
    const event = anEvent({ type: `Type${n % 3}`, version: 1 + (n % 2), meta: `{"number":${n}}`, data: `{ "accent" : "é${n}" }` });
    await log.append(stream, 'any', [event]);
  }
};

export const copying = (parts: Pick<CopyParts, 'source' | 'target'> & Partial<CopyParts>): Promise<CopyResult> =>
  copyLog({ pace: 'one-by-one', signal: new AbortController().signal, ...parts });

/** Of everything but positions. */
export const contents = async (log: EventLog): Promise<readonly Omit<StoredEvent, 'position'>[]> =>
  (await collected(log.readAll({ after: START }))).map(({ position: _, ...event }) => event);

/** The same log, with some of its functions replaced; another id, unless told. */
export const spoiled = (log: EventLog, changes: Partial<EventLog>): EventLog => ({
  logId: async () => randomUUID(),
  append: (stream, expected, events) => log.append(stream, expected, events),
  readStream: (stream, read) => log.readStream(stream, read),
  readAll: (read) => log.readAll(read),
  subscribe: (from) => log.subscribe(from),
  head: () => log.head(),
  close: () => log.close(),
  ...changes,
});

export type AppendFault = 'reply lost' | 'not stored' | 'stored late' | 'half stored' | 'none';

/** Each append meets the next fault of the list; the list over, all goes well. */
export const faultyTarget = (log: EventLog, faults: AppendFault[]): EventLog => {
  let late: (() => Promise<unknown>) | undefined;
  return spoiled(log, {
    append: async (stream, expected, events) => {
      await late?.();
      late = undefined;
      const fault = faults.shift() ?? 'none';
      const store = () => log.append(stream, expected, events);
      if (fault === 'stored late') late = store;
      if (fault === 'reply lost') await store();
      if (fault === 'half stored') await log.append(stream, expected, events.slice(0, Math.ceil(events.length / 2)));
      if (fault !== 'none') throw new LogUnavailable('no answer', true);
      return store();
    },
  });
};
