import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool, PoolClient } from 'pg';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import { ManualRunner } from './manual-runner';
import { DueTimesOf } from '../processes/due-times';
import { SubscriptionRunner, type BackgroundTask, type SubscriptionRunnerParts } from './subscription-runner';
import { createLeases } from '../checkpoints/leases';
import { ConsumerSupervisor, type ConsumerSupervisorParts } from './consumer-supervisor';
import { Aborted, CommandQueue, type Execute } from '../processes/command-queue';
import { personalTextConsumer } from '../personal-text/personal-text';
import type { Consumer } from '../checkpoints/consumer';
import { startBuildPromoter, promoteReadyBuilds, type BuildPromoterParts } from '../builds/build-promoter';
import { keepRebuilding, type RebuildKeeper, type RebuildKeeperParts, type RebuildProcess } from '../builds/rebuild-keeper';
import { allVersionsOf, onlyVersionOf, listBuilds, versionIn, type ListedBuild, type ModelVersions } from '../fold/model-versions';
import { loadCheckpoints } from '../checkpoints/checkpoints';
import { processConsumer, type AnyProcess } from '../processes/process-runner';
import type { AnyReadModel } from '../read-model';
import { register } from '../builds/register';
import { silentLogger, type RuntimeLogger } from '../logger';
import { statusOf, type ConsumerStatus } from './runtime-status';
import { PROCESS, READ_SCHEMA } from '../tables/table-names';
import { createRebuildThrottle } from './rebuild-throttle';

export interface RuntimeParts {
  readonly log: EventLog;
  readonly codec: Codec;
  readonly pool: Pool;
  readonly readModels: readonly AnyReadModel[];
  readonly processes: readonly AnyProcess[];
  readonly clock: Clock;
  /** Runs one command of a process; only processes need it. */
  readonly execute?: Execute<never>;
  /** Answers what a process's due time asks; it is called once the read models stand at the log's head. */
  readonly ask?: (question: never) => Promise<unknown>;
  readonly logger?: RuntimeLogger;
  /** `driven` moves in `drain` alone; `live` (the default) follows the log by itself, under leases. */
  readonly mode?: 'live' | 'driven';
  /** Default `read`. */
  readonly schema?: string;
  /** Whether it keeps `personal_text`; default true. */
  readonly personalTexts?: boolean;
  /** A command that a process sent was refused: final, and worth a metric by code. */
  readonly onRejected?: (process: string, code: string) => void;
  readonly leaseMs?: number;
  /** Rows of read models kept in memory between batches, a group of them on one pass of the log; default 256 MiB. */
  readonly memoryBytes?: number;
  /** How long a build that was active is kept, and follows; default a day. */
  readonly keepMs?: number;
  /** In the transaction of each switch: what else must follow the active build. */
  readonly onSwitch?: (client: PoolClient) => Promise<void>;
  /** Starts a process that finishes builds from the log's start (`finishBuilds`), live: whoever is served here does not wait for them. */
  readonly rebuildApart?: () => RebuildProcess;
}

export interface Runtime {
  /** Resolves once every process and projection stands at the log's head and no due time at or before now is left. */
  drain(): Promise<void>;
  /** Fires what is due at `now` (default: the clock's), and handles what comes of it. Answers how many. */
  fireDue(now?: Instant): Promise<number>;
  status(): Promise<readonly ConsumerStatus[]>;
  /** An operator changed the table of positions: looks at it now. */
  refresh(): void;
  /** Ends after the batch under way and gives the leases back. */
  stop(): Promise<void>;
}

export const VIEW_LIMITS = { events: 4_000, bytes: 16 * 1024 * 1024 };
const PROCESS_LIMITS = { events: 256, bytes: 4 * 1024 * 1024 };
export const LEASE_MS = 10_000;
export const KEEP_MS = 24 * 60 * 60 * 1000;

/**
 * Makes or migrates the tables of these read models, for a process that reads them and leaves the following to others.
 * @throws TablesProblem
 */
export const prepareReadModels = async (parts: Pick<RuntimeParts, 'log' | 'codec' | 'pool' | 'readModels' | 'schema'>): Promise<void> => {
  const schema = parts.schema ?? READ_SCHEMA;
  const views = [...parts.readModels.map((model) => allVersionsOf(model, schema)), ...textsOf(parts, schema)];
  await register(parts.pool, views, { schema, log: parts.log });
};

/**
 * Makes or migrates the read tables, then follows the log with every projection and process.
 * @throws TablesProblem where the tables are of a newer version, another log, or another shape
 */
export const startRuntime = async (parts: RuntimeParts): Promise<Runtime> => {
  const schema = parts.schema ?? READ_SCHEMA;
  const logger = parts.logger ?? silentLogger;
  const live = (parts.mode ?? 'live') === 'live';
  const orders = ordersOf(parts, { logger, concurrency: live ? 16 : 1 });
  const processParts = { pool: parts.pool, schema, orders };
  const processes = parts.processes.map((process) => onlyVersionOf(processConsumer(process, processParts)));
  const views = [...parts.readModels.map((model) => allVersionsOf(model, schema)), ...textsOf(parts, schema)];
  await register(parts.pool, [...views, ...processes], { schema, log: parts.log });
  const asking: Asking = { upToDate: () => Promise.resolve() };
  const dueTimes = new DueTimesOf(parts.processes, { ...processParts, ask: askOf(parts, asking) });
  const follower: SubscriptionRunnerParts = {
    pool: parts.pool,
    codec: parts.codec,
    schema,
    limits: VIEW_LIMITS,
    inOrder: !live,
    ...memoryOf(parts),
  };
  const built: Built = { parts, schema, logger, views, processes, dueTimes, follower, asking };
  return live ? liveRuntime(built) : await drivenRuntime(built);
};

const memoryOf = ({ memoryBytes }: RuntimeParts) => (memoryBytes === undefined ? {} : { memoryBytes });

interface Built {
  readonly parts: RuntimeParts;
  readonly schema: string;
  readonly logger: RuntimeLogger;
  readonly views: readonly ModelVersions[];
  readonly processes: readonly ModelVersions[];
  readonly dueTimes: DueTimesOf;
  readonly follower: SubscriptionRunnerParts;
  readonly asking: Asking;
}

/** How the read models come to the log's head before a question: driven and live mode each have their way. */
interface Asking {
  upToDate: () => Promise<void>;
}

const askOf =
  ({ ask }: RuntimeParts, asking: Asking) =>
  async (question: unknown): Promise<unknown> => {
    if (!ask) throw new Error('a process asks, and nobody answers');
    await asking.upToDate();
    return ask(question as never);
  };

const ordersOf = (parts: RuntimeParts, { logger, concurrency }: { logger: RuntimeLogger; concurrency: number }): CommandQueue => {
  if (parts.processes.length > 0 && !parts.execute) throw new Error('processes need a way to execute their commands');
  return new CommandQueue({
    // Which commands a process orders is between it and whoever executes them.
    execute: parts.execute as Execute<unknown>,
    clock: parts.clock,
    concurrency,
    onRejected: (process, code) => {
      logger.warn({ process, code }, 'a command of a process was refused');
      parts.onRejected?.(process, code);
    },
  });
};

const textsOf = ({ personalTexts, codec }: Pick<RuntimeParts, 'codec' | 'personalTexts'>, schema: string): readonly ModelVersions[] =>
  personalTexts === false ? [] : [onlyVersionOf(personalTextConsumer({ codec, schema }))];

const keeperOf = ({ parts: { pool, readModels, keepMs = KEEP_MS, onSwitch }, schema, logger }: Built): BuildPromoterParts => ({
  ...{ pool, schema, models: readModels, keepMs, logger },
  ...(onSwitch ? { onSwitch } : {}),
});

/** Every living build of these lines, as its consumer. */
const consumersOf = async (pool: Pool, lines: readonly ModelVersions[], schema: string): Promise<readonly Consumer[]> =>
  (await listBuilds(pool, lines, schema)).filter(({ paused }) => !paused).map((one) => versionIn(lines, one)!.consumerOf(one.build));

/** Builds that come or are paused later wait for the next start. */
const drivenRuntime = async (built: Built): Promise<Runtime> => {
  const { parts, schema, views, processes, dueTimes, follower, asking } = built;
  const driven = new ManualRunner({
    log: parts.log,
    clock: parts.clock,
    views: new SubscriptionRunner(await consumersOf(parts.pool, views, schema), follower),
    processes: new SubscriptionRunner(await consumersOf(parts.pool, processes, schema), { ...follower, limits: PROCESS_LIMITS }),
    dueTimes,
  });
  asking.upToDate = () => driven.updateViews();
  const lines = [...views, ...processes];
  return {
    drain: async () => {
      await driven.drain();
      if ((await promoteReadyBuilds(keeperOf(built))).switched.length > 0) await driven.drain();
    },
    fireDue: (now) => driven.drain(now),
    status: () => statusOf({ ...parts, schema, lines, stateOf: () => ({ state: 'driven', fault: null }) }),
    refresh: () => undefined,
    stop: async () => undefined,
  };
};

const DUE_AT_ONCE = 64;

/** After every batch, and at least each second: whatever clock is injected, it is asked. */
const dueBesides = ({ log, clock }: RuntimeParts, dueTimes: DueTimesOf): BackgroundTask => {
  let next: Instant | null | undefined;
  return {
    waitMs: () =>
      next === undefined ? 5 : next === null ? 1_000 : Math.min(Math.max(Date.parse(next) - Date.parse(clock.now()), 5), 1_000),
    work: async (at, signal) => {
      next = await dueTimes.next(at);
      const now = clock.now();
      if (next === null || next > now) return;
      next = undefined;
      const head = await log.head();
      // What was recorded before may have ended the wait.
      if (at.every(({ position }) => position >= head)) await dueTimes.fire(at, { now, limit: DUE_AT_ONCE, signal });
    },
  };
};

/** Null where builds from the log's start are built here. */
const rebuildsOf = (
  { parts: { pool, rebuildApart }, schema, logger, views }: Built,
  when: Pick<RebuildKeeperParts, 'everyMs' | 'onGone'>,
): RebuildKeeper | null =>
  rebuildApart ? keepRebuilding({ ...{ pool, schema, logger, lines: views, start: rebuildApart }, ...when }) : null;

/** Where all stand that serve, and those that make ready to. */
const standing = async (pool: Pool, lines: readonly ModelVersions[], schema: string) =>
  loadCheckpoints(pool, await consumersOf(pool, lines, schema), schema);

const liveRuntime = (built: Built): Runtime => {
  const { parts, schema, logger, views, processes, dueTimes, follower, asking } = built;
  const { log, pool, clock } = parts;
  const leases = createLeases(pool, { schema, ttlMs: parts.leaseMs ?? LEASE_MS });
  const throttle = createRebuildThrottle({ log, pool, schema });
  const common = { ...follower, source: log.subscribe.bind(log), throttle, leases, logger };
  const isOurs = ({ state }: ListedBuild): boolean => !parts.rebuildApart || state !== 'building';
  const group = (lines: readonly ModelVersions[], own: Pick<ConsumerSupervisorParts, 'limits' | 'besides'>): ConsumerSupervisor =>
    new ConsumerSupervisor({ ...common, ...own, lines, listBuilds: async () => (await listBuilds(pool, lines, schema)).filter(isOurs) });
  const groups = [
    group(views, { limits: follower.limits }),
    group(processes, { limits: PROCESS_LIMITS, besides: () => dueBesides(parts, dueTimes) }),
  ] as const;
  let stopping = false;
  asking.upToDate = async () => {
    const head = await log.head();
    while ((await standing(pool, views, schema)).some(({ position }) => position < head)) {
      // Nobody brings them there any more: the due time stays, and is asked again.
      if (stopping) throw new Aborted('stopped while the read models catch up');
      await sleep(20);
    }
  };
  for (const one of groups) one.start();
  const lookAgain = (): void => groups.forEach((one) => one.refresh());
  const rebuilds = rebuildsOf(built, { everyMs: leases.renewMs, onGone: lookAgain });
  const refresh = (): void => {
    lookAgain();
    rebuilds?.refresh();
  };
  const keeper = startBuildPromoter(keeperOf(built), refresh);
  const lines = [...views, ...processes];
  const settled = async (now: Instant): Promise<boolean> => {
    const head = await log.head();
    const at = await standing(pool, lines, schema);
    if (at.some(({ position }) => position < head)) return false;
    const next = await dueTimes.next(at);
    return (next === null || next > now) && (await log.head()) === head;
  };
  return {
    drain: async () => {
      while (!(await settled(clock.now()))) await sleep(10);
    },
    fireDue: async (now = clock.now()) => {
      const signal = new AbortController().signal;
      let fired = 0;
      for (let some = -1; some !== 0; fired += some) {
        const at = await standing(pool, processes, schema);
        some = await dueTimes.fire(at, { now, limit: DUE_AT_ONCE, signal });
      }
      return fired;
    },
    status: () => statusOf({ ...parts, schema, lines, stateOf: (one) => groups[one.name.startsWith(PROCESS) ? 1 : 0].stateOf(one) }),
    refresh,
    stop: async () => {
      stopping = true;
      await Promise.all([keeper.stop(), rebuilds?.stop()]);
      await Promise.all(groups.map((one) => one.stop()));
      await leases.release();
    },
  };
};
