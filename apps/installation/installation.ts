import type { Pool, PoolClient, PoolConfig } from 'pg';
import { findable } from '#audit/finding/find-in-tree';
import { followLog, type Following } from '#audit/following/follow-log';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import { createApplication, type Application } from '#application/create-application';
import type { ApplicationPorts } from '#application/application.module';
import { processes } from '#application/processes/processes';
import type { FindExpired } from '#application/processes/retention.process';
import type { JudgeRisks } from '#application/processes/risk-watch.process';
import type { Expired } from '#domain/retention/retention.events';
import { createCodec } from '#event-store/codec/codec';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { ErasureLedger, IdentityRegister, Keyring } from '#keys/keys.port';
import { loadMasterKey } from '#keys/master-key';
import { postgresKeys } from '#keys/postgres-keys';
import { secretFor } from '#keys/wrapping';
import { openPostgres, type PostgresHandle } from '#postgres/connect';
import { matchingPool } from '#projections/matching-pool/matching-pool.projection';
import { lastTogether, metBefore } from '#projections/matching-pool/matching-pool.queries';
import { readModels } from '#projections/read-models';
import { reportViews } from '#projections/report-views';
import { gapAtOf } from '#projections/evaluation-gap';
import { expiredIn } from '#projections/retention/retention.queries';
import { RisksNewlyCrossed, RisksNewlyCrossedHandler } from '#projections/risk/risk.queries';
import { AsOf } from '#read-store/as-of/as-of';
import { prepareReportViews, refreshReportViews } from '#read-store/reporting-views/report-views';
import { startPruning } from '#read-store/change-feed/change-pruning';
import { createChanges, type Changes } from '#read-store/change-feed/changes';
import { clearTexts } from '#read-store/personal-text/postgres-clear-texts';
import { createReadStore } from '#read-store/query/postgres-read-store';
import type { ReadStore } from '#read-store/read-store.port';
import type { RuntimeLogger } from '#read-store/logger';
import { createBuilds, type Builds } from '#read-store/builds/builds';
import { prepareReadModels, startRuntime, type Runtime } from '#read-store/subscriptions/runtime';
import { postgresSignInSessions } from '#sign-in/postgres-sign-in-sessions';
import { sealing } from '#sign-in/sealing';
import type { Sealing, SignInSessions } from '#sign-in/sign-in-sessions.port';
import { postgresTopics } from '#topics/postgres-topics';
import { storeStarterTopics } from '#topics/starter-topics';
import type { Topics } from '#topics/topics.port';
import { erasuresAgain } from './erasures-again';
import { onlyWriterLog } from './only-writer-log';
import { openLogTree, type LogTree } from './log-tree';
import { openLog, type OpenLog } from './open-log';
import type { RingSolver } from '#application/round/solve-round';
import { explanationsApart } from './rounds/explanations-apart';
import { roundInputs } from './rounds/round-inputs';
import { topicStepsBetween } from './rounds/topic-steps';
import { roundsApart } from './rounds/rounds-apart';
import type { Settings } from './settings';
import { startRebuilds } from './start-rebuilds';
import type { Subscriptions } from './subscriptions';

/** All parts of one installation, wired once for every edge: API, projector, CLI, checks. */
export interface Installation {
  readonly settings: Settings;
  readonly postgres: PostgresHandle;
  readonly pool: Pool;
  readonly log: EventLog;
  /** How its subscriptions are, where it can lose one. */
  readonly subscriptions: Subscriptions | null;
  readonly codec: Codec;
  readonly keys: Keyring & IdentityRegister & ErasureLedger;
  readonly clock: Clock;
  readonly readStore: ReadStore;
  /** Read models as of a past place of the log. */
  readonly asOf: AsOf;
  /** What changes in read models, for live feeds. */
  readonly changes: Changes;
  readonly topics: Topics;
  /** Who is signed in at the web site. */
  readonly signInSessions: SignInSessions;
  /** For what a browser keeps for us while somebody signs in. */
  readonly signInSealing: Sealing;
  /** The log as a tree that others can check. */
  readonly tree: LogTree;
  readonly ports: ApplicationPorts;
  readonly application: Application;
  /** Follows the log with every projection and process, and with its tree; rebuilds go in a process of their own. `driven` moves in `drain` alone, and without the tree. */
  startRuntime(options?: {
    readonly mode?: 'live' | 'driven';
    readonly logger?: RuntimeLogger;
    readonly onRejected?: (process: string, code: string) => void;
  }): Promise<InstallationRuntime>;
  /** The builds of read models, as operators see and change them. */
  readonly builds: Builds;
  /** For a process that reads and leaves the following to others: makes the read tables where there are none yet. */
  prepareReadModels(): Promise<void>;
  /** Gives everything back; the last Savoirs process out stops an embedded server. */
  close(): Promise<void>;
}

export interface InstallationRuntime extends Runtime {
  /** Null: nobody follows here. */
  readonly tree: Following | null;
}

let told = { ms: 0, now: new Date(0).toISOString() as Instant };

/** Written once a millisecond, however often it is asked. */
export const systemClock: Clock = {
  now: () => {
    const ms = Date.now();
    if (ms !== told.ms) told = { ms, now: new Date(ms).toISOString() as Instant };
    return told.now;
  },
};

export interface OpenOptions {
  readonly clock?: Clock;
  readonly warn?: (sentence: string) => void;
  /** For whoever plays a known history: no other process holds a key there. */
  readonly cacheMs?: number;
  /** For whoever alone writes, and can do it again: streams are remembered, and no commit waits for the disk. */
  readonly onlyWriter?: boolean;
  /** Another log than the settings name. */
  readonly log?: EventLog;
  /** Rounds run in this thread: beside a clock or a log of one's own they do, too, for no other process has it. */
  readonly roundsHere?: boolean;
  /** Of the log's subscriptions; tests wait less. */
  readonly watchdogMs?: number;
}

/** How long a proposal waits for words that the read store does not have yet. */
const WORDS_MS = 2_000;

/** Exchanges, incidents and members that one step of a retention run ends: their ids stand in one event. */
const RETENTION_STEP = 500;

/** Commits keep their order; a power cut may take the last ones. */
const UNHURRIED = { options: '-c synchronous_commit=off' };

/** @throws StartFailure, KeysProblem, SettingError, LogAddressError, LogUnreachable: each one sentence and an exit code */
export const openInstallation = async (settings: Settings, options: OpenOptions = {}): Promise<Installation> => {
  const { clock = systemClock, warn = (sentence: string) => void process.stderr.write(`${sentence}\n`) } = options;
  const postgres = await openPostgres(settings.postgres, { notice: warn });
  try {
    return await wired(settings, postgres, { ...options, clock, warn });
  } catch (fault) {
    await postgres.release();
    throw fault;
  }
};

const wired = async (
  settings: Settings,
  postgres: PostgresHandle,
  options: OpenOptions & Required<Pick<OpenOptions, 'clock' | 'warn'>>,
): Promise<Installation> => {
  const { clock, warn, cacheMs, onlyWriter = false, watchdogMs } = options;
  const pools = onlyWriter ? { pool: (config: PoolConfig = {}) => postgres.pool({ ...config, ...UNHURRIED }) } : postgres;
  const pool = pools.pool({ max: 12 });
  const masterKey = loadMasterKey({ env: settings.env, folder: settings.folder, warn });
  const onForbidden = (what: string): void =>
    warn(`After an erasure the database user may not do a ${what}: grant it, or the server's own come later.`);
  const texts = clearTexts(pool, { onForbidden });
  const path = settings.erasureLedger;
  const again = path === null ? null : erasuresAgain({ path, masterKey, pool, texts, warn });
  const keys = await postgresKeys({ pool, masterKey, clock, onForbidden, ...(again ? { replay: again.replay } : {}) });
  await again?.finish(keys);
  const codec = createCodec(keys);
  const signInSealing = sealing(secretFor(masterKey, 'sign-in'));
  const signInSessions = await postgresSignInSessions(pool, signInSealing, clock);
  const tree = await openLogTree(pool, settings.audit, { masterKey, keepsIds: settings.eventStore !== null });
  const topics = await postgresTopics(pool);
  // enough for a first run (§8); a list of one's own comes beside it
  if ((await topics.count()) === 0) await storeStarterTopics(topics);
  const readStore = createReadStore(pool);
  const place = {
    url: settings.eventStore,
    gzip: settings.logGzip,
    postgres: pools,
    warn,
    ...(watchdogMs === undefined ? {} : { watchdogMs }),
  };
  // last: nothing that fails may leave it open
  const opened: OpenLog = options.log ? { log: options.log, subscriptions: null } : await openLog(place);
  const found = findable(opened.log, tree.store);
  const log = onlyWriter ? onlyWriterLog(found) : found;
  const deciding = {
    log,
    codec,
    clock,
    keyring: keys,
    identities: keys,
    ledger: keys,
    texts,
    onWaiting: warn,
    topics,
    pairHistory: {
      metBefore: (network: string, one: string, other: string) => metBefore(readStore, network, [one, other]),
      topicSteps: topicStepsBetween({
        ...{ readStore, topics },
        untilWordsAreThere: async () => readStore.waitFor([matchingPool.name], await log.head(), WORDS_MS).catch(() => undefined),
      }),
      lastTogether: (networkId: string, givers: readonly string[], learners: readonly string[]) =>
        lastTogether(readStore, { networkId, givers, learners }),
    },
    ...(cacheMs === undefined ? {} : { cacheMs }),
  };
  const application = createApplication(deciding);
  const asOf = new AsOf({ pool, log, codec, present: readStore, keeping: settings.asOf });
  const inputs = roundInputs({ readStore, asOf, log, codec, topics, facts: application.facts });
  const here = options.roundsHere || options.log || clock !== systemClock;
  const apart = here ? null : { roundRunner: roundsApart(settings, warn), roundExplainer: explanationsApart(settings) };
  const ringSolver: RingSolver = async () => (await import('#highs/highs-solver')).highsSolver();
  const ports: ApplicationPorts = { ...deciding, roundInputs: inputs, ringSolver, ...apart };
  const risks = new RisksNewlyCrossedHandler(readStore, gapAtOf(readStore));
  const ask = async (question: JudgeRisks | FindExpired): Promise<readonly string[] | Expired> => {
    if (question.ask === 'retention-due') return expiredIn(readStore, { ...question, now: clock.now() }, RETENTION_STEP);
    const { crossed } = await risks.execute(new RisksNewlyCrossed(question.networkId, question.at));
    return crossed.map(({ indicator }) => indicator);
  };
  const ordering = { processes, clock, execute: application.execute, ask };
  const keepMs = settings.keepBuildsHours * 3_600_000;
  const onSwitch = async (client: PoolClient): Promise<void> => void (await refreshReportViews(client, reportViews));
  const prepareReports = (): Promise<void> => prepareReportViews({ pool, views: reportViews, warn });
  const runtime: Installation['startRuntime'] = async (how = {}) => {
    const rebuilds = options.log ? {} : { rebuildApart: () => startRebuilds(settings) };
    const wiring = { log, codec, pool, readModels, ...ordering, keepMs, onSwitch, ...rebuilds };
    const started = await startRuntime({ ...wiring, memoryBytes: settings.projections.memoryMiB * 1024 * 1024, ...how });
    await prepareReports();
    if (how.mode === 'driven') return { ...started, tree: null };
    const pruning = startPruning(pool, settings.feeds.kept);
    const tell = (sentence: string): void => (how.logger ? how.logger.warn({}, sentence) : warn(sentence));
    const following = followLog({ ...tree, log, cadence: settings.audit.cadence, now: Date.now, warn: tell });
    const stop = async (): Promise<void> => {
      await Promise.all([pruning.stop(), following.stop()]);
      await started.stop();
    };
    return { ...started, stop, tree: following };
  };
  return {
    settings,
    postgres,
    pool,
    log,
    subscriptions: opened.subscriptions,
    codec,
    keys,
    clock,
    readStore,
    asOf,
    changes: createChanges(pool),
    topics,
    signInSessions,
    signInSealing,
    tree,
    ports,
    application,
    startRuntime: runtime,
    builds: createBuilds({ pool, log, codec, models: readModels, keepMs, onSwitch, ordering }),
    prepareReadModels: async () => {
      await prepareReadModels({ log, codec, pool, readModels });
      await prepareReports();
    },
    close: async () => {
      await Promise.all([apart?.roundRunner.close(), apart?.roundExplainer.close()]);
      readStore.close();
      await log.close();
      await keys.close();
      await postgres.release();
    },
  };
};
