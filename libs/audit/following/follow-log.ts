import { setTimeout as sleep } from 'node:timers/promises';
import { LogUnavailable, type EventLog, type Position } from '#event-store/log.port';
import type { Lead } from '../tree-store.port';
import { Overtaken } from './grow-tree';
import { makeCheckpoint, type Cadence, type CheckpointParts, type Signed } from './make-checkpoint';

export interface FollowParts extends Omit<CheckpointParts, 'signal' | 'log'> {
  readonly log: Pick<EventLog, 'logId' | 'readAll' | 'head'>;
  readonly cadence: Cadence;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  /** A sentence for the operator, once for each that is new. */
  readonly warn: (sentence: string) => void;
  /** Between two looks at the log; default a second. */
  readonly pollMs?: number;
  /** After a fault, and between two tries to lead; default five seconds. */
  readonly retryMs?: number;
}

export interface Following {
  /** As far as this process brought it; null: another one does, or none yet. */
  state(): Pick<Signed, 'size' | 'signed'> | null;
  stop(): Promise<void>;
}

const POLL_MS = 1_000;
const RETRY_MS = 5_000;

/** What repeats is told once. */
const tellOnce = (warn: (sentence: string) => void) => {
  let last: string | null = null;
  return (sentence: string | null): void => {
    if (sentence !== null && sentence !== last) warn(sentence);
    last = sentence;
  };
};

/**
 * Follows the log with its tree, beside whoever appends: one process at a time, by a lead; what keeps it right is the tree's compare-and-set.
 * A fault is told and tried again: nobody else waits for the tree.
 */
export const followLog = (parts: FollowParts): Following => {
  const stopping = new AbortController();
  const { signal } = stopping;
  const tell = tellOnce(parts.warn);
  let state: Signed | null = null;
  let [lastAt, seen]: [number, Position | null] = [parts.now(), null];
  const pause = (ms: number): Promise<void> => sleep(ms, undefined, { signal }).catch(() => undefined);
  const isWaiting = (head: Position): boolean =>
    head === seen && state !== null && (state.size === state.signed || parts.now() - lastAt < parts.cadence.ms);

  const pass = async (): Promise<void> => {
    const head = await parts.log.head();
    if (isWaiting(head)) return;
    state = await makeCheckpoint({ ...parts, signal }, { cadence: parts.cadence, lastAt, now: parts.now() });
    if (state.made !== null) lastAt = parts.now();
    seen = head;
    tell(null);
  };
  const passes = async (lead: Lead): Promise<void> => {
    while (!signal.aborted && !lead.isLost()) {
      await pass().catch((fault: unknown) => {
        if (!(fault instanceof Overtaken)) throw fault;
      });
      await pause(parts.pollMs ?? POLL_MS);
    }
  };
  const led = async (): Promise<void> => {
    const lead = await parts.store.lead();
    if (lead === null) return;
    try {
      await passes(lead);
    } finally {
      [state, seen] = [null, null];
      await lead.release();
    }
  };
  const run = async (): Promise<void> => {
    while (!signal.aborted) {
      await led().catch((fault: unknown) => {
        if (signal.aborted || fault instanceof LogUnavailable) return;
        tell(fault instanceof Error ? `The log’s tree does not grow: ${fault.message}` : 'The log’s tree does not grow.');
      });
      await pause(parts.retryMs ?? RETRY_MS);
    }
  };
  const running = run();
  return {
    state: () => state,
    stop: async () => {
      stopping.abort();
      await running;
    },
  };
};
