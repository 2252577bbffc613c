import { benchDatabase } from '#bench/bench-database';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog } from '#event-store/log.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { testDatabase } from '#testing/test-database';

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
    const { url, drop } = await (process.env['JEST_WORKER_ID'] === undefined ? benchDatabase() : testDatabase());
    this.gifts.push(drop);
    return { url, log: this.keep(await PostgresLog.open(url, { pollMs: 50 })) };
  }

  /** The server that `TEST_EVENTSTORE_URL` names, which must be empty; else the protocol double. */
  async eventStore(tell: (line: string) => void): Promise<Place> {
    const given = process.env['TEST_EVENTSTORE_URL'];
    if (given === undefined || given === '') tell('TEST_EVENTSTORE_URL is not set: EventStoreDB is played by the protocol double');
    const url = given || (await this.double());
    const log = this.keep(await EventStoreDbLog.open(url));
    if ((await log.head()) !== START) throw new Error('TEST_EVENTSTORE_URL names a server that is not empty: give a fresh one.');
    return { url, log };
  }

  async giveBack(): Promise<void> {
    for (const give of this.gifts.splice(0).reverse()) await give();
  }

  private async double(): Promise<string> {
    const double = await EventStoreDbDouble.start();
    this.gifts.push(() => double.stop());
    return double.url;
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
