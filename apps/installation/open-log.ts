import { performance } from 'node:perf_hooks';
import type { PoolConfig } from 'pg';
import type { EventStoreDbLog, EventStoreDbLogOptions } from '#event-store/eventstoredb/eventstoredb-log';
import { LogUnavailable, type EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import type { PostgresHandle } from '#postgres/connect';
import { watchSubscriptions, WATCHDOG_MS, type Subscriptions } from './subscriptions';

/** No answer from EventStoreDB: one sentence, exit code 75. */
export class LogUnreachable extends Error {
  readonly exitCode = 75;

  constructor(cause: Error) {
    super('EVENTSTORE_URL names a log that does not answer: start EventStoreDB (KurrentDB) or correct the address, then start again.', {
      cause,
    });
    this.name = 'LogUnreachable';
  }
}

/** A wrong user or password, or one who may not read and write: one sentence, exit code 78. */
export class LogRefusesUser extends Error {
  readonly exitCode = 78;

  constructor(cause: Error) {
    super(
      'EventStoreDB (KurrentDB) refuses the user that EVENTSTORE_URL names: correct the user, the password, or what that user may do.',
      { cause },
    );
    this.name = 'LogRefusesUser';
  }
}

/** A log that goes away while a program starts: told as the one that it is. */
export const fromLostLog = (fault: unknown): unknown =>
  fault instanceof LogUnavailable && process.env['EVENTSTORE_URL']?.trim() ? new LogUnreachable(fault) : fault;

export interface OpenLog {
  readonly log: EventLog;
  /** Null where the log cannot lose one: PostgreSQL is asked anew by each reader. */
  readonly subscriptions: Subscriptions | null;
}

export interface LogPlace {
  /** Address of EventStoreDB or KurrentDB; null: the log lies in PostgreSQL. */
  readonly url: string | null;
  readonly gzip?: boolean;
  readonly postgres: { pool: (config?: PoolConfig) => ReturnType<PostgresHandle['pool']> };
  readonly warn: (sentence: string) => void;
  readonly watchdogMs?: number;
}

/** @throws LogUnreachable, LogRefusesUser, LogAddressError */
export const openLog = async ({ url, gzip = false, postgres, warn, watchdogMs = WATCHDOG_MS }: LogPlace): Promise<OpenLog> => {
  if (url === null) return { log: await PostgresLog.open(postgres), subscriptions: null };
  const { onFeed, subscriptions } = watchSubscriptions({
    feeds: () => opened.feeds(),
    watchdogMs,
    clock: () => performance.now(),
    tell: warn,
  });
  const opened: EventStoreDbLog = await openEventStore(url, { onFeed, watchdogMs, gzip });
  return { log: opened, subscriptions };
};

/** Its client takes 20 MiB, so who does not need it does not load it. Asks for the log's end, too: not every user may read it. */
const openEventStore = async (url: string, options: EventStoreDbLogOptions): Promise<EventStoreDbLog> => {
  const adapter = await import('#event-store/eventstoredb/eventstoredb-log');
  let opened: EventStoreDbLog | undefined;
  try {
    opened = await adapter.EventStoreDbLog.open(url, options);
    await opened.head();
    return opened;
  } catch (fault) {
    await opened?.close();
    throw fault instanceof LogUnavailable ? told(fault) : fault;
  }
};

const told = (fault: LogUnavailable): Error =>
  fault.message.includes('access-denied') ? new LogRefusesUser(fault) : new LogUnreachable(fault);
