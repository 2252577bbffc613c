import type { Pool, PoolClient } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import type { StoredEvent } from '#event-store/log.port';
import type { Checkpoint } from './projection-table';

/** One event on its way through a group: decoded once, for all who ask. */
export interface Entry {
  readonly stored: StoredEvent;
  /** @throws CodecFault where the event cannot be read: a fault of those who need it, not of the others */
  readonly event: () => RecordedEvent;
}

/** Told how many bytes were written just now; resolves once more may be. */
export type Pace = (bytes: number) => Promise<void>;

/** What one consumer writes in the transaction that moves the checkpoint; where much of it, at this pace. */
export type PendingWrite = (client: PoolClient, pace?: Pace) => Promise<void>;

/** Makes ready what one consumer writes: its turn in the transaction need not have come for that. */
export type PrepareWrite = () => Promise<PendingWrite>;

/**
 * A consumer at work ahead of its transactions: it takes batch after batch while what it took before is being written. One of these
 * lives as long as nobody else moves its checkpoint; then another is made.
 */
export interface PipelinedConsumer {
  /** `at`: where the checkpoint will stand once the writes under way are through. */
  readonly accept: (entries: readonly Entry[], at: Checkpoint, signal: AbortSignal) => Promise<void>;
  /** One write of all that was taken since the last call; every earlier one is committed by then. */
  readonly flush: () => PrepareWrite;
}

export interface PipelineParts {
  readonly pool: Pool;
  /** For what it remembers besides what it has yet to write. */
  readonly memoryBytes: number;
}

export interface Consumer {
  readonly name: string;
  readonly version: number;
  /** 1, but for a rebuild of the same version. */
  readonly build: number;
  /** Event types it takes; 'all' for every one. */
  readonly types: ReadonlySet<string> | 'all';
  /** Whether it reads decoded events: what nobody reads decoded is not decoded. */
  readonly decoded: boolean;
  /** Changes with the tables' columns: the same version may not have two shapes. */
  readonly shape: string;
  /** Makes its tables, where it owns some; runs under the starters' lock. */
  readonly prepare: (client: PoolClient) => Promise<void>;
  /** Works on a batch before the transaction: everything slow is here. @throws LostRace where another moved meanwhile */
  readonly take: (entries: readonly Entry[], at: Checkpoint, signal: AbortSignal) => Promise<PendingWrite>;
  /** Where its batches need not wait for each other's commits: far behind, many go into one transaction. */
  readonly ahead?: (parts: PipelineParts) => PipelinedConsumer;
}

/** For whoever needs nothing of what it wrote: batch after batch, and their writes in their order. */
export const inTurn = (take: Consumer['take']): PipelinedConsumer => {
  let writes: PendingWrite[] = [];
  return {
    accept: async (entries, at, signal) => void writes.push(await take(entries, at, signal)),
    flush: () => {
      const sealed = writes;
      writes = [];
      return async () => async (client) => {
        for (const write of sealed) await write(client);
      };
    },
  };
};

export const takes = ({ types }: Consumer, type: string): boolean => types === 'all' || types.has(type);

/** Another process moved the checkpoint, or holds the lease by now: reload and go on from there. */
export class LostRace extends Error {
  constructor(readonly consumer: string) {
    super(`${consumer} was moved on by another process`);
    this.name = 'LostRace';
  }
}

/** The fault of one consumer alone: the others of its group go on without it. */
export class ConsumerFault extends Error {
  constructor(
    readonly consumer: Consumer,
    override readonly cause: unknown,
  ) {
    super(`${consumer.name}: ${describeFault(cause)}`);
    this.name = 'ConsumerFault';
  }
}

const sqlStateOf = (fault: unknown): string | undefined =>
  typeof fault === 'object' && fault !== null && 'severity' in fault && 'code' in fault ? String(fault.code) : undefined;

const codeOf = (fault: Error): string => ('code' in fault ? String(fault.code) : '');

/** What the driver and its pool say where the database is away: they give no code. */
const AWAY =
  /^(connection terminated|client has encountered a connection error|client was closed|timeout exceeded|timeout expired|query read timeout)/i;

/**
 * Not of one consumer's making: a lost race, a log or a database that is away. PostgreSQL's data, constraint and syntax classes
 * (22, 23, 42, 54) are its own: they come back with the same batch, whoever else is there.
 */
export const isForeign = (fault: unknown): boolean => {
  if (!(fault instanceof Error)) return false;
  if (['LostRace', 'LogUnavailable', 'AbortError', 'ConsumerFault'].includes(fault.name)) return true;
  const state = sqlStateOf(fault);
  if (state !== undefined) return !/^(22|23|42|54)/.test(state);
  // The driver's errors have no class of their own; another's may tell of a connection that people have (R9).
  return /^E[A-Z]{3,}$/.test(codeOf(fault)) || (fault.name === 'Error' && AWAY.test(fault.message));
};

/** A database's message may quote values: only its code is told. */
export const describeFault = (fault: unknown): string => {
  const state = sqlStateOf(fault);
  if (state !== undefined) return `database error ${state}`;
  return fault instanceof Error ? `${fault.name}: ${fault.message}` : 'unknown fault';
};
