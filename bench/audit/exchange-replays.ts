import { evidenceBundle, lookForEvidence } from '#apps/audit/evidence';
import { lookAtExchange, type Desk } from '#apps/audit/look';
import { readTrail } from '#apps/audit/trail';
import { bundleText } from '#audit/bundle/make-bundle';
import type { ExchangeId, NetworkId } from '#domain/ids';
import { createCodec } from '#event-store/codec/codec';
import { memoryKeys } from '#keys/memory-keys';
import type { StreamName } from '#kernel/id';
import { StreamsOfExchange, StreamsOfExchangeHandler, type IndexedExchange } from '#projections/exchange-streams/exchange-streams.queries';
import { createReadStore } from '#read-store/query/postgres-read-store';
import type { Subject } from '../contenders/rebuild-all';
import { treeKey, treeOf } from './bench-tree';

const codec = createCodec(memoryKeys());
const MOTIVE = 'a bench';

export interface AuditedExchange {
  readonly exchangeId: ExchangeId;
  readonly networkId: NetworkId;
}

/** What an auditor does with exchanges of one log, but for the record of the look. */
export interface Replays {
  /** Over all histories that led to it, once the index stands at the log's end. */
  replay(exchange: AuditedExchange): Promise<void>;
  /** Its own events alone, read and decoded. */
  readOwnStream(exchange: AuditedExchange): Promise<void>;
  /** What no replay can beat: the events of all its histories, read and decoded, where the index was asked before. */
  readHistories(indexed: IndexedExchange): Promise<void>;
  indexed(exchange: AuditedExchange): Promise<IndexedExchange>;
  /** One file that proves every event that the replay lists, under the last checkpoint. */
  evidence(exchange: AuditedExchange): Promise<string>;
}

export const replaysIn = ({ log, pool }: Subject): Replays => {
  const store = createReadStore(pool);
  const index = new StreamsOfExchangeHandler(store);
  const deskIn = (networkId: NetworkId): Desk => ({
    networkId,
    ports: { log, codec },
    streamsOf: async (exchangeId) => {
      const [head, { exchange, readPosition }] = await Promise.all([log.head(), index.execute(new StreamsOfExchange(exchangeId))]);
      if (readPosition.position < head) throw new Error('the index stands behind a log that is at rest');
      return exchange;
    },
    namesOf: () => Promise.reject(new Error('no names are wanted')),
    record: () => Promise.resolve(),
  });
  return {
    replay: async ({ exchangeId, networkId }) => {
      const looked = await lookAtExchange(deskIn(networkId), { exchangeId, motive: MOTIVE, at: 'latest' });
      if (!looked?.replayed.exchange) throw new Error('an exchange was not replayed');
    },
    readOwnStream: async ({ exchangeId }) => {
      for await (const stored of log.readStream(`exchange-${exchangeId}` as StreamName)) codec.decode(stored);
    },
    readHistories: async (indexed) => void (await readTrail({ log, codec }, indexed)),
    indexed: async ({ exchangeId }) => {
      const { exchange } = await index.execute(new StreamsOfExchange(exchangeId));
      if (!exchange) throw new Error('an exchange is not in the index');
      return exchange;
    },
    evidence: async ({ exchangeId, networkId }) => {
      const found = await lookForEvidence(deskIn(networkId), { exchangeId, motive: MOTIVE });
      if (!found) throw new Error('an exchange has no evidence');
      return bundleText(await evidenceBundle({ log, store: await treeOf({ pool }), key: treeKey, witnesses: [] }, found));
    },
  };
};
