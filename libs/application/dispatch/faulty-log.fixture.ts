import type { AppendResult, EventLog } from '#event-store/log.port';
import { LogUnavailable } from '#event-store/log.port';

/** What happens to an append on its way: it is written and the answer is lost, it is lost itself, or it goes through. */
export type Fate = 'answer-lost' | 'append-lost' | 'through';

/** A way to the log that fails as told, append by append; afterwards all goes through. `between` runs before each faulty answer. */
export const faultyLog = (log: EventLog, fates: readonly Fate[], between: () => Promise<unknown> = async () => {}): EventLog => {
  const left = [...fates];
  const append: EventLog['append'] = async (stream, expected, events): Promise<AppendResult> => {
    const fate = left.shift() ?? 'through';
    if (fate !== 'append-lost') {
      const result = await log.append(stream, expected, events);
      if (fate === 'through') return result;
    }
    await between();
    throw new LogUnavailable('no answer', true);
  };
  return {
    logId: () => log.logId(),
    append,
    readStream: (stream, read) => log.readStream(stream, read),
    readAll: (read) => log.readAll(read),
    subscribe: (from) => log.subscribe(from),
    head: () => log.head(),
    close: () => log.close(),
  };
};
