import type { Pool } from 'pg';
import { START, type Position } from '#event-store/log.port';
import { inTurn, type Ahead, type Consumer, type Entry, type Ready, type Standpoint } from '../checkpoints/consumer';
import { FoldThread, type FoldedAside } from './fold-thread';
import { KeyFilter } from './bloom-filter';
import type { ReadModelTable } from '../tables/read-model-table';
import { writeEncoded } from './row-writer';
import { inTransaction } from '../tables/table-names';

/** Threads that fold for a group that is far behind. */
export interface AsideFolding {
  /** The file that calls `serveFolding`. */
  readonly file: string;
  /** Each has a share of the rows' keys. */
  readonly threads: number;
}

/** Who takes for each consumer of a group. */
export interface Hands {
  readonly of: readonly Ahead[];
  readonly aside: boolean;
  readonly end: () => Promise<void>;
}

export interface HandsParts {
  readonly pool: Pool;
  readonly consumers: readonly Consumer[];
  readonly at: readonly Standpoint[];
  /** For all of them together. */
  readonly memoryBytes: number;
}

const nearby = (consumer: Consumer, parts: { readonly pool: Pool; readonly memoryBytes: number }): Ahead =>
  consumer.ahead?.(parts) ?? inTurn(consumer.take);

/** In this thread. */
export const handsHere = ({ pool, consumers, memoryBytes }: HandsParts): Hands => {
  const share = memoryBytes / consumers.length;
  return { of: consumers.map((consumer) => nearby(consumer, { pool, memoryBytes: share })), aside: false, end: async () => undefined };
};

/** In threads, but for consumers that are no folds. Nothing is under way when it is called. */
export const handsAside = async (
  { pool, consumers, at, memoryBytes }: HandsParts,
  { file, threads: count }: AsideFolding,
): Promise<Hands> => {
  const share = memoryBytes / consumers.length / count;
  const folded: Omit<FoldedAside, 'share'>[] = [];
  const places: (number | null)[] = [];
  for (const [index, { name, version, folded: where }] of consumers.entries()) {
    places.push(where ? folded.length : null);
    if (!where) continue;
    const { id: projection, position } = at[index]!;
    const stored = await keysOf(pool, where.table, position);
    folded.push({ name, version, projection, memoryBytes: share, stored, table: where.table });
  }
  const threads = Array.from({ length: count }, (_, index) => {
    const ours = folded.map((one) => ({ ...one, share: { of: count, index } }));
    return new FoldThread(file, ours, pool);
  });
  const of = consumers.map((consumer, index) => {
    const place = places[index]!;
    return place === null || !consumer.folded
      ? nearby(consumer, { pool, memoryBytes: share })
      : foldedAside(threads, place, { ...consumer.folded, projection: at[index]!.id });
  });
  return { of, aside: true, end: async () => void (await Promise.all(threads.map((thread) => thread.end()))) };
};

const KEYS_AT_ONCE = 10_000;

/** All keys of a table: what is not among them need not be asked for. */
const keysOf = async (pool: Pool, table: ReadModelTable, position: Position): Promise<Uint32Array> => {
  const filter = new KeyFilter();
  if (position === START) return filter.words;
  await inTransaction(pool, 'begin read only', async (client) => {
    await client.query(`declare stored_keys no scroll cursor for ${table.keys}`);
    for (;;) {
      const { rows } = await client.query<{ key: string }>(`fetch ${KEYS_AT_ONCE} from stored_keys`);
      for (const { key } of rows) filter.add(key);
      if (rows.length < KEYS_AT_ONCE) return;
    }
  });
  return filter.words;
};

type Where = NonNullable<Consumer['folded']> & { readonly projection: number };

/** One consumer whose folds are done in threads, each with its share of the keys: all shares are written in one transaction. */
const foldedAside = (threads: readonly FoldThread[], consumer: number, { table, tables, projection }: Where): Ahead => ({
  take: async (entries: readonly Entry[], at: Standpoint) => {
    await Promise.all(threads.map((thread) => thread.take(consumer, entries, at.position)));
  },
  seal: (): Ready => {
    const sealed = Promise.all(threads.map((thread) => thread.seal(consumer)));
    sealed.catch(() => undefined); // told by whoever makes it ready
    return async () => {
      const shares = await sealed;
      return async (client) => {
        for (const share of shares) await writeEncoded(client, { table, evidence: tables.evidence, projection }, share);
      };
    };
  },
});
