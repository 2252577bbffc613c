import type { Pool } from 'pg';
import { createCodec } from '#event-store/codec/codec';
import type { EventToAppend } from '#event-store/log.port';
import { memoryKeys } from '#keys/memory-keys';
import { copyRows, type CopyEncoder } from '#read-store/tables/copy-encoder';
import { intoNetwork, playedDemo } from '#testing/networks/demo-mix';
import type { BenchRun } from '../runner/bench';
import { benchDatabase, settle } from '../runner/bench-database';

interface Written extends EventToAppend {
  readonly stream: string;
  readonly revision: number;
}

/** A small network's three months, as the benches of rebuilds take them: sealed and canonical, as the codec writes them. */
export const demoOf = async ({ seed, signal, progress }: Pick<BenchRun, 'seed' | 'signal' | 'progress'>): Promise<readonly Written[]> => {
  const codec = createCodec(memoryKeys());
  const revisions = new Map<string, number>();
  const events: Written[] = [];
  const database = await benchDatabase();
  try {
    for (const { type, data, meta } of await playedDemo({ url: database.url, members: 120, months: 3, seed, signal })) {
      const revision = (revisions.get(meta.stream) ?? -1) + 1;
      revisions.set(meta.stream, revision);
      // what was decoded fits its own schema
      events.push({ ...(await codec.encode({ event: { type, data } as never, meta })), stream: meta.stream, revision });
    }
  } finally {
    await database.drop();
  }
  progress(`a demo of ${events.length} events`);
  return events;
};

const BATCH_SIZE = 10_000;

/**
 * Appends networks to a log until it holds `count` events: copies of one, each with other ids, as texts. The seals of personal fields
 * are copied with them, and open no more: for those who decode and do not reveal. By COPY: a million appends would take too long.
 */
export const fillLog = async (pool: Pool, events: readonly Written[], { from, to }: { from: number; to: number }): Promise<void> => {
  const client = await pool.connect();
  try {
    let move = intoNetwork(Math.floor(from / events.length));
    // A stream whose name holds no id goes on from network to network.
    const lengths = new Map(events.map(({ stream, revision }) => [stream, revision + 1]));
    const rows = (first: number, last: number) => Array.from({ length: last - first }, (_, index) => first + index);
    const write = (out: CopyEncoder, place: number): void => {
      if (place % events.length === 0) move = intoNetwork(place / events.length);
      const { revision, version, eventId, stream, type, meta, data } = events[place % events.length]!;
      out.row(8);
      out.int8(BigInt(place + 1));
      const into = move(stream);
      out.int4(into === stream ? revision + Math.floor(place / events.length) * lengths.get(stream)! : revision);
      out.int4(version);
      out.uuid(move(eventId));
      for (const text of [into, type, move(meta), move(data)]) out.text(text);
    };
    for (let first = from; first < to; first += BATCH_SIZE) {
      const into = 'log.events (position, revision, version, event_id, stream, type, meta, data)';
      await copyRows(client, into, { rows: rows(first, Math.min(first + BATCH_SIZE, to)), write });
    }
    await client.query('vacuum (freeze, analyze) log.events');
  } finally {
    client.release();
  }
  await settle(pool);
};
