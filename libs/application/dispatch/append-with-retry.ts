import { setTimeout as wait } from 'node:timers/promises';
import type { StreamName } from '#kernel/id';
import { LogUnavailable, type AppendResult, type EventLog, type EventToAppend, type ExpectedRevision } from '#event-store/log.port';

/** Milliseconds before each further attempt: long enough together for a cluster to name a new leader. */
export const RETRY_DELAYS: readonly number[] = [50, 150, 500, 1000, 2000, 2000];

interface Append {
  readonly stream: StreamName;
  readonly expected: ExpectedRevision;
  readonly events: readonly EventToAppend[];
}

/**
 * Appends; where the log does not answer, again with the very same ids, texts and expected revision (a current head would write a copy).
 * A conflict after an ambiguous attempt means that it was not written: the log knows its own ids again at the original revision.
 */
export const appendWithRetry = async (log: EventLog, append: Append, delays = RETRY_DELAYS): Promise<AppendResult | 'unknown'> => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await log.append(append.stream, append.expected, append.events);
    } catch (fault) {
      if (!(fault instanceof LogUnavailable)) throw fault;
    }
    const delay = delays[attempt];
    if (delay === undefined) return 'unknown';
    if (delay > 0) await wait(delay);
  }
};
