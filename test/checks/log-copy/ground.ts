import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import type { EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { emptyDatabase } from '../runner/empty-database';
import { refuseUsed, startEventStore, tellEventStore } from '../runner/event-store';

/** A log at an address, as this process sees it. */
export interface Place {
  readonly url: string;
  readonly log: EventLog;
}

/** Takes things to be given back, in the opposite order. */
export class Ground {
  private readonly gifts: (() => Promise<unknown>)[] = [];

  /** An empty database: within Jest on the run's server, else on one of its own. */
  async postgres(): Promise<Place> {
    const { url, drop } = await emptyDatabase();
    this.gifts.push(drop);
    return { url, log: this.keep(await PostgresLog.open(url, { pollMs: 50 })) };
  }

  /** The server that `TEST_EVENTSTORE_URL` names, which must be empty; else the protocol double. @throws NotPossible */
  async eventStore(tell: (line: string) => void): Promise<Place> {
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

export const onGround = async <T>(work: (ground: Ground) => Promise<T>): Promise<T> => {
  const ground = new Ground();
  try {
    return await work(ground);
  } finally {
    await ground.giveBack();
  }
};
