import { getPostgreSQLEventStore, pongoProjection, rebuildPostgreSQLProjections } from '@event-driven-io/emmett-postgresql';
import type { RecordedEvent } from '#event-store/codec.port';
import { canonicalJson } from '#kernel/canonical-json';
import type { AnyReadModel } from '#read-store/read-model';

/** Their event: ours as its data, so that a handler has it whole. */
interface Wrapped {
  readonly type: string;
  readonly data: { readonly recorded: RecordedEvent };
}

/** Their document: one of our rows. Evidence is left out: they keep none. */
interface Document extends Record<string, unknown> {
  readonly row: unknown;
}

const BATCH_SIZE = 500;

/** Appends the events to their store, stream by stream within each batch. */
export const writeToEmmett = async (url: string, events: readonly RecordedEvent[]): Promise<void> => {
  const store = getPostgreSQLEventStore(url);
  try {
    for (let from = 0; from < events.length; from += BATCH_SIZE) {
      const streams = new Map<string, Wrapped[]>();
      for (const recorded of events.slice(from, from + BATCH_SIZE)) {
        const one = { type: recorded.type, data: { recorded } };
        const stream = streams.get(recorded.meta.stream);
        if (stream) stream.push(one);
        else streams.set(recorded.meta.stream, [one]);
      }
      for (const [stream, some] of streams) await store.appendToStream(stream, some);
    }
  } finally {
    await store.close();
  }
};

/** The same folds by the same keys, as a Pongo projection is written: a document a key, handled one event after the other. */
const projectionOf = ({ projection }: AnyReadModel, round: number, onHandled: () => void) => {
  const name = `emmett_${projection.name.replaceAll('-', '_')}_${round}`;
  return pongoProjection<Wrapped>({
    name,
    canHandle: Object.keys(projection.handles),
    truncate: async ({ pongo }) => void (await pongo.db().collection(name).deleteMany()),
    handle: async (events, { pongo }) => {
      const rows = pongo.db().collection<Document>(name);
      for (const { data } of events) {
        const { recorded } = data;
        onHandled();
        for (const key of new Set(projection.keys(recorded))) {
          await rows.handle(key, (document) => {
            const { row } = projection.evolve(document?.row ?? undefined, recorded, key);
            return row === null ? null : { row: JSON.parse(canonicalJson(row)) as unknown };
          });
        }
      }
    },
  });
};

let rounds = 0;

/**
 * Their rebuild of all models, to the end of their log. Under new names each time: a second one under the same names goes on from the
 * first one's checkpoint. Answers how many events were handled, each once a model.
 */
export const rebuildWithEmmett = async (url: string, models: readonly AnyReadModel[]): Promise<number> => {
  rounds += 1;
  let handled = 0;
  const projections = models.map((model) => projectionOf(model, rounds, () => void (handled += 1)));
  const consumer = rebuildPostgreSQLProjections({ connectionString: url, projections });
  // Theirs is a consumer a projection, each of which listens for the signals that end a process.
  const listeners = process.getMaxListeners();
  process.setMaxListeners(listeners + models.length);
  try {
    await consumer.start();
  } finally {
    await consumer.close();
    process.setMaxListeners(listeners);
  }
  return handled;
};
