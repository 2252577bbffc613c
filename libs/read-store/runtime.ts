import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import type { Clock } from '#kernel/clock';
import type { Instant } from '#kernel/id';
import type { Codec } from '#event-store/codec.port';
import type { EventLog } from '#event-store/log.port';
import type { Consumer } from './consumer';
import { Driven } from './driven';
import { DueTimesOf } from './due-times';
import { Follower, type Besides, type FollowerParts } from './follower';
import { createLeases } from './leases';
import { LiveGroup } from './live-group';
import { Orders, type Execute } from './orders';
import { personalTextConsumer } from './personal-text';
import { loadStandpoints, register } from './positions';
import { processConsumer, type AnyProcess } from './process-runner';
import { readModelConsumer } from './projection-runner';
import type { AnyReadModel } from './read-model';
import { silentLogger, type RuntimeLogger } from './runtime-logger';
import { statusOf, type ConsumerStatus } from './runtime-status';
import { READ_SCHEMA } from './schema';

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
}

export interface Runtime {
  /** Resolves once every process and projection stands at the log's head and no due time at or before now is left. */
  drain(): Promise<void>;
  /** Fires what is due at `now` (default: the clock's), and handles what comes of it. Answers how many. */
  fireDue(now?: Instant): Promise<number>;
  status(): Promise<readonly ConsumerStatus[]>;
  /** Ends after the batch under way and gives the leases back. */
  stop(): Promise<void>;
}

const VIEW_LIMITS = { events: 4_000, bytes: 16 * 1024 * 1024 };
const PROCESS_LIMITS = { events: 256, bytes: 4 * 1024 * 1024 };
const LEASE_MS = 10_000;

/**
 * Makes or migrates the tables of these read models, for a process that reads them and leaves the following to others.
 * @throws TablesProblem
 */
export const prepareReadModels = async (parts: Pick<RuntimeParts, 'log' | 'codec' | 'pool' | 'readModels' | 'schema'>): Promise<void> => {
  const schema = parts.schema ?? READ_SCHEMA;
  const views = [...parts.readModels.map((model) => readModelConsumer(model, schema)), ...textsOf(parts, schema, silentLogger)];
  await register(parts.pool, views, { schema, logId: await parts.log.logId() });
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
  const processes = parts.processes.map((process) => processConsumer(process, processParts));
  const views = [...parts.readModels.map((model) => readModelConsumer(model, schema)), ...textsOf(parts, schema, logger)];
  await register(parts.pool, [...views, ...processes], { schema, logId: await parts.log.logId() });
  const asking: Asking = { upToDate: () => Promise.resolve() };
  const dueTimes = new DueTimesOf(parts.processes, { ...processParts, ask: askOf(parts, asking) });
  const follower: FollowerParts = { pool: parts.pool, codec: parts.codec, schema, limits: VIEW_LIMITS, inOrder: !live };
  const built: Built = { parts, schema, logger, views, processes, dueTimes, follower, asking };
  return live ? liveRuntime(built) : drivenRuntime(built);
};

interface Built {
  readonly parts: RuntimeParts;
  readonly schema: string;
  readonly logger: RuntimeLogger;
  readonly views: readonly Consumer[];
  readonly processes: readonly Consumer[];
  readonly dueTimes: DueTimesOf;
  readonly follower: FollowerParts;
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

const ordersOf = (parts: RuntimeParts, { logger, concurrency }: { logger: RuntimeLogger; concurrency: number }): Orders => {
  if (parts.processes.length > 0 && !parts.execute) throw new Error('processes need a way to execute their commands');
  return new Orders({
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

type Texts = Pick<RuntimeParts, 'pool' | 'codec' | 'log' | 'personalTexts'>;

const textsOf = ({ personalTexts, pool, codec, log }: Texts, schema: string, logger: RuntimeLogger): readonly Consumer[] => {
  if (personalTexts === false) return [];
  const onForbidden = (what: string): void => logger.warn({ what }, 'not permitted after an erasure: grant it to the database user');
  return [personalTextConsumer({ pool, codec, log, schema, onForbidden })];
};

const drivenRuntime = ({ parts, schema, views, processes, dueTimes, follower, asking }: Built): Runtime => {
  const driven = new Driven({
    log: parts.log,
    clock: parts.clock,
    views: new Follower(views, follower),
    processes: new Follower(processes, { ...follower, limits: PROCESS_LIMITS }),
    dueTimes,
  });
  const consumers = [...views, ...processes];
  asking.upToDate = () => driven.updateViews();
  return {
    drain: async () => void (await driven.drain()),
    fireDue: (now) => driven.drain(now),
    status: () => statusOf({ ...parts, schema, consumers, stateOf: () => ({ state: 'driven', fault: null }) }),
    stop: async () => undefined,
  };
};

const DUE_AT_ONCE = 64;

/** After every batch, and at least each second: whatever clock is injected, it is asked. */
const dueBesides = ({ log, clock }: RuntimeParts, dueTimes: DueTimesOf): Besides => {
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

const TEXTS_AGAIN_MS = 15_000;

const liveRuntime = (built: Built): Runtime => {
  const { parts, schema, logger, views, processes, dueTimes, follower, asking } = built;
  const { log, pool, clock } = parts;
  const leases = createLeases(pool, { schema, ttlMs: parts.leaseMs ?? LEASE_MS });
  const common = { ...follower, source: log.subscribe.bind(log), leases, logger };
  const textsAgain: Besides = {
    waitMs: () => TEXTS_AGAIN_MS,
    work: async () => {
      for (const { caughtUp } of views) await caughtUp?.();
    },
  };
  const groups = [
    new LiveGroup(views, { ...common, besides: () => textsAgain }),
    new LiveGroup(processes, { ...common, limits: PROCESS_LIMITS, besides: () => dueBesides(parts, dueTimes) }),
  ] as const;
  let stopping = false;
  asking.upToDate = async () => {
    const head = await log.head();
    while ((await loadStandpoints(pool, views, schema)).some(({ position }) => position < head)) {
      // Nobody brings them there any more: the due time stays, and is asked again.
      if (stopping) throw new Error('stopped while the read models catch up');
      await sleep(20);
    }
  };
  for (const group of groups) group.start();
  const consumers = [...views, ...processes];
  const settled = async (now: Instant): Promise<boolean> => {
    const head = await log.head();
    const at = await loadStandpoints(pool, consumers, schema);
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
      const at = await loadStandpoints(pool, processes, schema);
      let fired = 0;
      for (let some = -1; some !== 0; fired += some) some = await dueTimes.fire(at, { now, limit: DUE_AT_ONCE, signal });
      return fired;
    },
    status: () => statusOf({ ...parts, schema, consumers, stateOf: (one) => groups[views.includes(one) ? 0 : 1].stateOf(one) }),
    stop: async () => {
      stopping = true;
      await Promise.all(groups.map((group) => group.stop()));
      await leases.release();
    },
  };
};
