import { randomBytes, randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { CommandId, Instant } from '#kernel/id';
import { nothingBetween } from '#application/application.fixture';
import { createApplication, type Application } from '#application/create-application';
import { defaultPolicy } from '#domain/network/policy';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import { postgresKeys } from '#keys/postgres-keys';
import { exchangeHistoryModel } from '#projections/exchange-history/exchange-history.table';
import { createBuilds, type Builds } from '#read-store/builds/builds';
import { clearTexts } from '#read-store/personal-text/postgres-clear-texts';
import { startRuntime, type Runtime } from '#read-store/subscriptions/runtime';
import { lyon } from '#testing/network-facts';
import { asNetworkLead } from '#testing/people';
import { everyTopic } from '#testing/topics';
import { emptyDatabase } from '../runner/empty-database';
import type { Ports } from './steps';

export type Keys = Awaited<ReturnType<typeof postgresKeys>>;

/** One process: its own cache of keys. */
export interface ErasureProcess {
  readonly keys: Keys;
  readonly codec: Codec;
}

/** One network in one log and one real database; schedules follow one another in it, each with people of its own. */
export interface ErasureHarness {
  readonly pool: Pool;
  readonly log: MemoryLog;
  readonly clock: { now(): Instant; pass(minutes: number): void };
  readonly builds: Builds;
  /** `through`: its way to the database. */
  process(through?: Pool): Promise<ErasureProcess>;
  /** What a process erases with, before anything is done to it. */
  portsOf(process: ErasureProcess, through?: Pool): Ports;
  erasing(ports: Ports): Application;
  views(codec: Pick<Codec, 'decode' | 'personalTexts'>): Promise<Runtime>;
  close(): Promise<void>;
}

const CACHE_MS = 61_000;
const readModels = [exchangeHistoryModel];

const movingClock = (): ErasureHarness['clock'] => {
  let now = Date.parse('2026-03-02T09:00:00.000Z');
  return { now: () => new Date(now).toISOString() as Instant, pass: (minutes) => void (now += minutes * 60_000) };
};

export const openHarness = async (): Promise<ErasureHarness> => {
  const db = await emptyDatabase();
  const pool = new Pool({ connectionString: db.url, max: 20 });
  pool.on('error', () => undefined); // a database that is dropped ends idle clients
  const masterKey = randomBytes(32);
  const [log, clock] = [new MemoryLog(), movingClock()];
  const process: ErasureHarness['process'] = async (through = pool) => {
    const keys = await postgresKeys({ pool: through, masterKey, clock });
    return { keys, codec: createCodec(keys) };
  };
  const portsOf: ErasureHarness['portsOf'] = ({ keys, codec }, through = pool) => {
    return {
      log,
      codec,
      keyring: keys,
      identities: keys,
      ledger: keys,
      texts: clearTexts(through),
      topics: everyTopic,
      pairHistory: nothingBetween,
      cacheMs: CACHE_MS,
    };
  };
  const erasing: ErasureHarness['erasing'] = (ports) => createApplication({ ...ports, clock });
  const parts = { log, pool, readModels, clock };
  const views: ErasureHarness['views'] = (codec) => startRuntime({ ...parts, codec: codec as Codec, processes: [], mode: 'driven' });
  const first = await process();
  await openNetwork(erasing(portsOf(first)));
  await (await views(first.codec)).drain();
  return {
    ...{ pool, log, clock, process, portsOf, erasing, views },
    builds: createBuilds({ pool, log, codec: first.codec, models: readModels, keepMs: 0 }),
    close: async () => {
      await pool.end();
      await db.drop();
    },
  };
};

const openNetwork = async ({ dispatcher }: Application): Promise<void> => {
  const data = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
  const envelope = { networkId: lyon, by: asNetworkLead(), commandId: randomUUID() as CommandId };
  const { outcome } = await dispatcher.dispatch({ type: 'OpenNetwork', data }, envelope);
  if (outcome !== 'done') throw new Error('the network of the check could not be opened');
};
