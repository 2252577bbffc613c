import { CommandBus } from '@nestjs/cqrs';
import type { CommandId, Instant } from '#kernel/id';
import { uuidV5 } from '#application/dispatch/derived-ids';
import type { MemberId, NetworkId } from '#domain/ids';
import type { Position } from '#event-store/log.port';
import type { Runtime } from '#read-store/subscriptions/runtime';
import { starterTopicRows } from '#topics/starter-topics';
import type { Installation } from '../installation/installation';
import { createAgenda, slotAtOrAfter } from './agenda';
import { emptyWorld, note, type AnyEvent } from './world-model';
import { createCatalogue } from './content';
import { instantAt } from '#kernel/instant';
import { isDemoClock, type DemoClock } from './demo-clock';
import { commandsOf } from '../installation/commands';
import { DemoRefused } from './demo-refused';
import { STAFF } from './people';
import { planHistory, react } from './reactions';
import { as, createSimulation, type Simulation, type StaffName } from './simulation';
import { summaryOf, type DemoSummary } from './summary';

export interface DemoOptions {
  readonly members: number;
  readonly months: number;
  readonly seed: number;
  /** When the history ends; default: the start of the current day. */
  readonly until?: Instant;
  /** Default: one that the seed gives. */
  readonly networkId?: NetworkId;
  readonly label?: string;
  /** Ends the simulation between two commands; what was recorded stays. */
  readonly signal?: AbortSignal;
}

export interface DemoProgress {
  /** The simulated moment. */
  readonly at: Instant;
  /** 0 to 1, by simulated time. */
  readonly share: number;
  readonly events: number;
}

export { DemoRefused, type DemoSummary };

export const demoNetworkId = (seed: number): NetworkId => uuidV5('savoirs demo', `network ${seed}`) as NetworkId;

const DAY = 86_400_000;
/** Between two commands of one half-day. */
const STEP_MS = 4_000;
const HALF_DAY_MS = 4 * 3_600_000;

const startOf = (untilMs: number, months: number): number => {
  const date = new Date(untilMs);
  date.setUTCMonth(date.getUTCMonth() - months);
  return slotAtOrAfter(date.getTime());
};

/** @throws DemoRefused where the network exists, another program follows the log, or the installation's clock cannot be set */
const prepared = async (
  installation: Installation,
  networkId: NetworkId,
): Promise<{ clock: DemoClock; runtime: Runtime; counts: Map<string, number> }> => {
  const { clock, application, pool } = installation;
  if (!isDemoClock(clock)) throw new Error('A demo needs an installation whose clock can be set: open it with `openForDemo`.');
  if (await application.facts.of(networkId))
    throw new DemoRefused(`The network ${networkId} exists already: give another one with --network.`, 65);
  const counts = new Map<string, number>();
  const onRejected = (process: string, code: string): void =>
    void counts.set(`${process} ${code}`, (counts.get(`${process} ${code}`) ?? 0) + 1);
  const runtime = await installation.startRuntime({ mode: 'driven', onRejected });
  const { rows } = await pool.query(
    `select 1 from read.projection p join pg_stat_activity a on a.pid = p.lease_pid and a.backend_start = p.lease_started
     where p.lease_owner is not null and p.lease_until > clock_timestamp() limit 1`,
  );
  if (rows.length > 0) throw new DemoRefused('Another Savoirs program follows this log by the real time: stop it, then play the demo.', 75);
  // Whatever other networks wait for by now is theirs, at the real time.
  await runtime.drain();
  return { clock, runtime, counts };
};

const staffOf = async (installation: Installation, networkId: NetworkId): Promise<Simulation['staff']> => {
  const actors = await Promise.all(
    Object.entries(STAFF).map(async ([name, [subject, role]]) => {
      const id = await installation.keys.register(networkId, subject, uuidV5(networkId, subject));
      return [name, as(id as MemberId, role)] as const;
    }),
  );
  return Object.fromEntries(actors) as Record<StaffName, Simulation['staff'][StaffName]>;
};

interface Read {
  readonly after: Position;
  readonly events: readonly AnyEvent[];
}

const newEvents = async ({ log, codec }: Installation, after: Position, networkId: string): Promise<Read> => {
  const events: AnyEvent[] = [];
  let last = after;
  for await (const stored of log.readAll({ after })) {
    last = stored.position;
    const event = codec.decode(stored);
    if (event.meta.network === networkId) events.push(event);
  }
  return { after: last, events };
};

/**
 * Plays a network's history through the use cases, one command at a time, on a clock that is data: the same seed and options give the
 * same log. Processes, due times and read models are brought up to date before the clock goes on to the next half-day.
 * @throws DemoRefused
 */
export const playDemo = async (
  installation: Installation,
  options: DemoOptions,
  onProgress: (progress: DemoProgress) => void = () => undefined,
): Promise<DemoSummary> => {
  const { seed, months, signal } = options;
  const startedAt = Date.now();
  const networkId = options.networkId ?? demoNetworkId(seed);
  const untilMs = Date.parse(options.until ?? instantAt(Math.floor(startedAt / DAY) * DAY));
  const fromMs = startOf(untilMs, months);
  const { clock, runtime, counts: rejectedCommands } = await prepared(installation, networkId);
  const commands = await commandsOf(installation);
  const refused = new Map<string, number>();
  let [slotMs, inSlot, given, after] = [fromMs, 0, 0, await installation.log.head()];
  const world = emptyWorld();
  const simulation = createSimulation({
    seed,
    networkId,
    world,
    agenda: createAgenda(),
    catalogue: createCatalogue(seed),
    staff: await staffOf(installation, networkId),
    people: new Map(),
    now: clock.now,
    tick: () => {
      clock.set(instantAt(slotMs + Math.min(HALF_DAY_MS, STEP_MS * inSlot++)));
      return clock.now();
    },
    nextCommandId: () => uuidV5(`savoirs demo ${networkId} ${seed}`, String(given++)) as CommandId,
    bus: commands.get(CommandBus),
    onRefused: (useCase, code) => void refused.set(`${useCase} ${code}`, (refused.get(`${useCase} ${code}`) ?? 0) + 1),
    fromMs,
    untilMs,
  });
  const settle = async (): Promise<void> => {
    await runtime.drain();
    const read = await newEvents(installation, after, networkId);
    after = read.after;
    for (const event of read.events) note(world, event);
    for (const event of read.events) react(simulation, event);
    const events = [...world.counts.values()].reduce((sum, count) => sum + count, 0);
    onProgress({ at: clock.now(), share: Math.min(1, (slotMs - fromMs) / Math.max(1, untilMs - fromMs)), events });
  };
  try {
    await installation.topics.store(starterTopicRows);
    clock.set(instantAt(fromMs));
    await planHistory(simulation, { ...options, register: (subject, id) => installation.keys.register(networkId, subject, id) });
    for (; slotMs < untilMs && !signal?.aborted; slotMs = slotAtOrAfter(slotMs + 1)) {
      [inSlot] = [0];
      clock.set(instantAt(slotMs));
      for (const act of simulation.agenda.begin(slotMs)) {
        if (signal?.aborted) break;
        await act();
      }
      await settle();
    }
    if (!signal?.aborted) {
      clock.set(instantAt(untilMs));
      await settle();
    }
  } finally {
    await runtime.stop();
    await commands.close();
  }
  return summaryOf({
    simulation,
    networkId,
    stopped: signal?.aborted ?? false,
    seconds: (Date.now() - startedAt) / 1000,
    refused,
    rejectedCommands,
  });
};
