import { EventStoreDbDouble } from '#test/eventstoredb-double/double';

/** A program of its own: tells its parent the address, and leaves with it. */
void EventStoreDbDouble.start().then(({ url }) => process.send?.(url));
process.once('disconnect', () => process.exit());
