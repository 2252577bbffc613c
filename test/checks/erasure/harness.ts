import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Pool } from 'pg';
import type { CommandId, Instant } from '#kernel/id';
import { nothingBetween } from '#application/application.fixture';
import { createApplication } from '#application/create-application';
import { erasuresAgain } from '#apps/installation/erasures-again';
import { defaultPolicy } from '#domain/network/policy';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { ledgerFile, type LedgerFile } from '#keys/ledger-file';
import { ledgerSigner } from '#keys/ledger-signature';
import { postgresKeys } from '#keys/postgres-keys';
import { enteredHere } from '#keys/replay-erasures';
import { openPostgres } from '#postgres/connect';
import { readModels } from '#projections/read-models';
import { clearTexts } from '#read-store/personal-text/postgres-clear-texts';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { postgresTopics } from '#topics/postgres-topics';
import { lyon } from '#testing/network-facts';
import { asNetworkLead } from '#testing/people';
import { everyTopic } from '#testing/topics';
import type { Ports } from '../erasure-races/steps';

export type Keys = Awaited<ReturnType<typeof postgresKeys>>;

/** One process: its own cache of keys, after what a start does. */
export interface ErasureProcess {
  readonly keys: Keys;
  readonly codec: Codec;
  readonly ports: Ports;
}

/** What of a process is otherwise than it should be. */
export interface Altered {
  readonly ledger: (right: LedgerFile) => LedgerFile;
  readonly pool: (right: Pool) => Pool;
  /** Whether the start leaves clear texts where they are. */
  readonly keepsTexts: boolean;
  /** Or whether it believes the database alone. */
  readonly replays: boolean;
}

/** A server, a log and a ledger of its own, in folders of its own: populations follow one another in it. */
export interface ErasureHarness {
  readonly pool: Pool;
  readonly log: PostgresLog;
  readonly clock: { now(): Instant; pass(minutes: number): void };
  readonly ledgerPath: string;
  /** Everything that is written anywhere: the server's data, the ledger, backups, what was told. */
  readonly folders: readonly string[];
  readonly backups: string;
  /** @throws KeysProblem as a start does */
  start(altered: Altered): Promise<ErasureProcess>;
  /** Brings every read model to the log's end. */
  project(codec: Codec): Promise<void>;
  close(): Promise<void>;
}

const CACHE_MS = 61_000;
/** Nothing here must outlive a power cut. */
const HASTY = { fsync: 'off' };

const movingClock = (): ErasureHarness['clock'] => {
  let now = Date.parse('2026-03-02T09:00:00.000Z');
  return { now: () => new Date(now).toISOString() as Instant, pass: (minutes) => void (now += minutes * 60_000) };
};

export const rightly: Altered = { ledger: (right) => right, pool: (right) => right, keepsTexts: false, replays: true };

export const openHarness = async (): Promise<ErasureHarness> => {
  const folder = await mkdtemp(join(tmpdir(), 'savoirs-erasure-'));
  await chmod(folder, 0o755); // the server's own user finds its data in it
  const server = await openPostgres({ kind: 'embedded', folder: join(folder, 'data'), serverOptions: HASTY }, { notice: () => undefined });
  const pool = server.pool({ max: 20 });
  const { rows } = await pool.query<{ place: string }>(`select current_setting('data_directory') as place`);
  const masterKey = randomBytes(32);
  const clock = movingClock();
  const log = await PostgresLog.open(server.connectionString);
  const [ledgerPath, backups] = [join(folder, 'elsewhere', 'erasures'), join(folder, 'backups')];
  const start: ErasureHarness['start'] = async ({ ledger, pool: through, keepsTexts, replays }) => {
    const way = through(pool);
    const texts = clearTexts(way);
    const again = erasuresAgain({ path: ledgerPath, masterKey, pool: way, texts, warn: () => undefined });
    const kept = ledger(ledgerFile(ledgerPath, ledgerSigner(masterKey)));
    const onErased = keepsTexts ? async () => undefined : again.replay.onErased;
    const unread = { ...kept, read: () => enteredHere(pool) };
    const keys = await postgresKeys({ pool: way, masterKey, clock, replay: { ledger: replays ? kept : unread, onErased } });
    await again.finish(keys);
    const codec = createCodec(keys);
    const stores = { log, codec, keyring: keys, identities: keys, ledger: keys, texts };
    return { keys, codec, ports: { ...stores, topics: everyTopic, pairHistory: nothingBetween, cacheMs: CACHE_MS } };
  };
  const project: ErasureHarness['project'] = async (codec) => {
    const runtime = await startRuntime({ log, codec, pool, readModels, processes: [], clock, mode: 'driven' });
    await runtime.drain().finally(() => runtime.stop());
  };
  await postgresTopics(pool); // a backup has them
  const { ports, codec } = await start(rightly);
  await openNetwork(ports, clock);
  await project(codec);
  return {
    ...{ pool, log, clock, ledgerPath, backups, start, project },
    folders: [rows[0]!.place, folder],
    close: async () => {
      await log.close();
      await server.release();
      for (const path of [rows[0]!.place, folder]) await rm(path, { recursive: true, force: true });
    },
  };
};

const openNetwork = async (ports: Ports, clock: ErasureHarness['clock']): Promise<void> => {
  const data = { networkId: lyon, label: 'Lyon', timeZone: 'Europe/Paris', defaultLanguage: 'fr', policy: defaultPolicy } as const;
  const envelope = { networkId: lyon, by: asNetworkLead(), commandId: randomUUID() as CommandId };
  const { outcome } = await createApplication({ ...ports, clock }).dispatcher.dispatch({ type: 'OpenNetwork', data }, envelope);
  if (outcome !== 'done') throw new Error('the network of the check could not be opened');
};
