import { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import { logContract } from '../log.contract';
import { EventStoreDbLog } from './eventstoredb-log';
import { sinceHere } from './since-here.fixture';

logContract('the log in EventStoreDB (on its double)', async () => {
  const double = await EventStoreDbDouble.start();
  return { log: await EventStoreDbLog.open(double.url), second: () => EventStoreDbLog.open(double.url), dispose: () => double.stop() };
});

const server = process.env['TEST_EVENTSTORE_URL'] ?? '';

if (server !== '') {
  logContract('the log in EventStoreDB (on a server)', async () => {
    const log = await sinceHere(await EventStoreDbLog.open(server));
    return { log, second: async () => sinceHere(await EventStoreDbLog.open(server), log.here) };
  });
}
