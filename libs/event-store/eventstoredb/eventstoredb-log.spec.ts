import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { logContract } from '../log.contract';
import { EventStoreDbLog } from './eventstoredb-log';

logContract('the log in EventStoreDB (on its double)', async () => {
  const double = await EventStoreDbDouble.start();
  return { log: await EventStoreDbLog.open(double.url), second: () => EventStoreDbLog.open(double.url), dispose: () => double.stop() };
});
