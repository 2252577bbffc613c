import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import type { EventToAppend } from '../log.port';
import { EventStoreDbLog, type EventStoreDbLogOptions } from './eventstoredb-log';
import { releaseTimers } from './client/manual-timers.fixture';

/** Doubles and logs on them that end with each test. */
export const onTheDouble = () => {
  let doubles: EventStoreDbDouble[] = [];
  let logs: EventStoreDbLog[] = [];
  afterEach(async () => {
    releaseTimers();
    await Promise.all(logs.map((log) => log.close()));
    await Promise.all(doubles.map((double) => double.stop()));
    [doubles, logs] = [[], []];
  });
  return {
    starting: async (options?: Parameters<typeof EventStoreDbDouble.start>[0]): Promise<EventStoreDbDouble> => {
      const double = await EventStoreDbDouble.start(options);
      doubles.push(double);
      return double;
    },
    opening: async (url: string, options: EventStoreDbLogOptions = {}): Promise<EventStoreDbLog> => {
      const log = await EventStoreDbLog.open(url, options);
      logs.push(log);
      return log;
    },
  };
};

/** How often each of these events lies in the double. */
export const copies = (double: EventStoreDbDouble, given: readonly EventToAppend[]): number[] =>
  given.map(({ eventId }) => double.log.records.filter(({ id }) => id === eventId).length);
