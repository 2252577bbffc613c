import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { emptyDatabase } from './empty-database';
import { refuseUsed, startEventStore, tellEventStore } from './event-store';

/** A log at an address, as this process sees it. */
export interface ScratchLog {
  readonly url: string;
  readonly log: EventLog;
}

/** Empty logs for a check, given back in the opposite order. */
export class ScratchLogs {
  private readonly gifts: (() => Promise<unknown>)[] = [];

  /** An empty database: within Jest on the run's server, else on one of its own. */
  async postgres(): Promise<ScratchLog> {
    const { url, drop } = await emptyDatabase();
    this.gifts.push(drop);
    return { url, log: this.keep(await PostgresLog.open(url, { pollMs: 50 })) };
  }

  /** The server that `TEST_EVENTSTORE_URL` names, which must be empty; else the protocol double. @throws NotPossible */
  async eventStore(tell: (line: string) => void): Promise<ScratchLog> {
    tellEventStore(tell);
    const eventStore = await startEventStore();
    this.gifts.push(() => eventStore.stop());
    await refuseUsed(eventStore);
    return { url: eventStore.url, log: this.keep(await EventStoreDbLog.open(eventStore.url)) };
  }

  async giveBack(): Promise<void> {
    for (const give of this.gifts.splice(0).reverse()) await give();
  }

  private keep(log: EventLog): EventLog {
    this.gifts.push(() => log.close());
    return log;
  }
}

export const withScratchLogs = async <T>(work: (logs: ScratchLogs) => Promise<T>): Promise<T> => {
  const logs = new ScratchLogs();
  try {
    return await work(logs);
  } finally {
    await logs.giveBack();
  }
};
