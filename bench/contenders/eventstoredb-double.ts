import { CompressingHop } from '#test/eventstoredb-double/compressing-hop';
import { EventStoreDbDouble } from '#test/eventstoredb-double/double';

/** A program of its own: tells its parent the double's address and that of a hop before it, which compresses, and leaves with it. */
void EventStoreDbDouble.start().then(async ({ url }) => process.send?.({ url, compressing: (await CompressingHop.before(url)).url }));
process.once('disconnect', () => process.exit());
