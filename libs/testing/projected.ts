import type { Codec, RecordedEvent } from '#event-store/codec.port';
import { createCodec } from '#event-store/codec/codec';
import type { EventLog } from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { Instant } from '#kernel/id';
import { memoryKeys } from '#keys/memory-keys';
import type { ClearTexts } from '#read-store/clear-texts.port';
import { clearTexts } from '#read-store/personal-text/postgres-clear-texts';
import { createReadStore } from '#read-store/query/postgres-read-store';
import type { AnyReadModel } from '#read-store/read-model';
import type { ReadStore } from '#read-store/read-store.port';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { testDatabase } from './test-database';

export interface Projected {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly store: ReadStore;
  /** As an erasure leaves them (R19). */
  readonly texts: ClearTexts;
  end(): Promise<void>;
}

/** Events in the real tables, for the specs of queries: through codec, log and runtime. */
export const projected = async (models: readonly AnyReadModel[], events: readonly RecordedEvent[]): Promise<Projected> => {
  const database = await testDatabase();
  const log = new MemoryLog();
  const codec = createCodec(memoryKeys());
  for (const { type, data, meta } of events) {
    // A recorded event's type and data are those of the event that was decided.
    const event = { type, data } as Parameters<typeof codec.encode>[0]['event'];
    await log.append(meta.stream, 'any', [await codec.encode({ event, meta })]);
  }
  const clock = { now: () => '2030-01-01T00:00:00.000Z' as Instant };
  const runtime = await startRuntime({ log, codec, pool: database.pool, readModels: models, processes: [], clock, mode: 'driven' });
  await runtime.drain();
  const store = createReadStore(database.pool);
  return {
    log,
    codec,
    store,
    texts: clearTexts(database.pool),
    end: async () => {
      store.close();
      await runtime.stop();
      await database.drop();
    },
  };
};
