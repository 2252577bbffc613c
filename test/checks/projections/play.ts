import { seededRandom } from '#apps/demo/seeded-random';
import { upToHead } from '#read-store/subscriptions/manual-runner';
import { dumpReadModels } from '#read-store/certificates/dump';
import { SubscriptionRunner } from '#read-store/subscriptions/subscription-runner';
import { dumpFolded, foldInMemory } from '#read-store/fold/in-memory-fold';
import { readModelConsumer } from '#read-store/fold/projection-runner';
import { START } from '#event-store/log.port';
import type { RecordedEvent } from '#event-store/codec.port';
import { controlTables, quotedTable } from '#read-store/tables/table-names';
import { collected, differencesOf } from '../runner/differences';
import type { Played } from '../runner/schedules';
import { actorNamed, Conductor } from './conductor';
import { ProcessWorkload } from './process-workload';
import { Expected } from './expected';
import { codec, historyOf, models } from './workload';
import { Operator } from './operator';
import { SharedLog } from './faulty-log';
import { Poison } from './poison';
import { useClock, ScheduleClock } from './schedule-clock';
import { scheduleOf, type Schedule } from './schedule';
import type { ProjectionsHarness } from './harness';
import { FaultInjector } from './faults';
import { Invariants } from './invariants';
import { SimulatedWorker, type Scene } from './simulated-worker';

const TURNS = 4_000;
/** Of the schedule's time: back-offs, stalls and leases are all over long before. */
const TIMEOUT_MS = 120_000;
const RESTART_MS = 100;

/** One schedule: everybody at work, faults at their moments; then all is whole again, everybody catches up, and is judged. */
export const play = async (seed: number, harness: ProjectionsHarness, mutant: Scene['mutant'] = {}): Promise<Played> => {
  const schedule = scheduleOf(seed);
  const time = new ScheduleClock();
  useClock(time, seededRandom(seed, 'back-off').next);
  await harness.clear(schedule.fresh);
  const log = new SharedLog();
  const conductor = new Conductor(seededRandom(seed, 'turns'), time, (pid) => harness.connections.blockersOf(pid));
  const injector = new FaultInjector(schedule.faults);
  const poison = new Poison();
  const expected = models.map((model) => new Expected(model, poison));
  const processes = new ProcessWorkload(schedule.processes, seed, (count, what) => invariants.find(count, what));
  let head = 0;
  const workers: SimulatedWorker[] = [];
  const invariants: Invariants = new Invariants({
    ...{ client: harness.connections.control, schema: harness.play.schema, expected, head: () => head },
    besides: () => processes.look((sql) => harness.connections.control.query(sql).catch(() => ({ rows: [] })), harness.play.schema),
    underLease: ({ name }) => workers.some(({ number, isUnderLease }) => isUnderLease && name.startsWith(`worker ${number} `)),
  });
  const scene: Scene = { conductor, harness, log, injector, invariants, poison, processes, mutant };
  for (const [number, plan] of schedule.workers.entries()) workers.push(new SimulatedWorker(number, plan, scene));
  const take = (events: readonly RecordedEvent[]): void => {
    for (const event of events) {
      head += 1;
      for (const one of schedule.poison?.events ?? []) if (one.number === head) poison.add(event.meta.eventId, one.kind);
      for (const one of expected) one.append(event);
      processes.append(event, head, schedule.poison !== null);
    }
  };
  const operator = new Operator(scene, schedule, expected);
  await act({ schedule, scene, workers, operator, take, atRest: () => invariants.atHead && processes.atRest(head) });
  await judge(scene, log);
  processes.judge();
  return {
    findings: invariants.findings,
    figures: {
      events: head,
      turns: conductor.turns,
      looks: invariants.looks,
      struck: injector.struck,
      parked: expected.reduce((sum, one) => sum + one.ever, processes.ever),
    },
  };
};

interface Act {
  readonly schedule: Schedule;
  readonly scene: Scene;
  readonly workers: readonly SimulatedWorker[];
  readonly operator: Operator;
  readonly take: (events: readonly RecordedEvent[]) => void;
  /** Everybody has read the whole log, and nothing is due. */
  readonly atRest: () => boolean;
}

const act = async ({ schedule, scene, workers, operator, take, atRest }: Act): Promise<void> => {
  const { conductor, log, injector, invariants, poison, processes } = scene;
  const writer = actorNamed('writer');
  let written = false;
  const history = await historyOf(schedule);
  const append = async ({ stream, events }: (typeof history)[number]): Promise<void> => {
    take(events.map((event, revision) => codec.decode({ ...event, stream, revision, position: START })));
    await log.append(stream, 'any', events);
  };
  for (const one of history.slice(0, schedule.before)) await append(one);
  const write = async (): Promise<void> => {
    for (const one of history.slice(schedule.before)) {
      await conductor.turn(writer, 'append');
      await append(one);
    }
    written = true;
  };
  const waiting = new Set(workers);
  const operating = { busy: Promise.resolve<unknown>(undefined), under: 0 };
  const operate = (work: () => Promise<unknown>): void => {
    operating.under += 1;
    operating.busy = operating.busy
      .then(work)
      .catch((fault: unknown) => invariants.find('unhandled', `the operator: ${String(fault)}`))
      .finally(() => (operating.under -= 1));
  };
  const mend = (): void => {
    if (poison.mended) return;
    void conductor.during(0, Promise.all(workers.map((worker) => worker.replace(RESTART_MS))));
    poison.mended = true;
    processes.mended = true;
  };
  conductor.onTurn = (turn) => {
    // Between two acts of the operator, whose code it is, too.
    if (turn === schedule.poison?.mendedAt) operate(async () => mend());
    for (const [n, { kind, turn: due }] of schedule.poison?.operations.entries() ?? [])
      if (due === turn) operate(() => operator.act(kind, n));
    for (const { ms } of schedule.clockJumps.filter((jump) => jump.turn === turn)) conductor.time.jump(ms);
    for (const worker of [...waiting]) {
      if (worker.comesAfter > turn || !waiting.delete(worker)) continue;
      worker.start();
    }
  };
  conductor.onTurn(0);
  conductor.onIdle = () => {
    const [next] = waiting;
    if (next === undefined) return false;
    waiting.delete(next);
    next.start();
    return true;
  };
  void write();
  const played = await conductor.until(() => written && waiting.size === 0 && operating.under === 0 && atRest(), {
    turns: TURNS,
    ms: TIMEOUT_MS,
  });
  injector.heal();
  if (schedule.poison !== null && schedule.poison.mendedAt !== null) {
    operate(async () => mend());
    operate(() => operator.clear());
  }
  const healed = played && (await conductor.until(() => atRest() && operating.under === 0, { turns: TURNS, ms: TIMEOUT_MS }));
  if (!healed) invariants.find('stuck', `they did not come to the head: ${conductor.trace.slice(-3).join('; ')}`);
  // An act that began now would be cut off at the end, and its locks would outlive the schedule.
  conductor.onTurn = () => undefined;
  const stopping = { over: false };
  void Promise.all(workers.map((worker) => worker.stop())).then(() => (stopping.over = true));
  if (!(await conductor.until(() => stopping.over, { turns: TURNS, ms: TIMEOUT_MS }))) invariants.find('stuck', 'a worker did not stop');
};

const judge = async ({ harness, invariants, poison }: Scene, log: SharedLog): Promise<void> => {
  await invariants.look(null);
  const { play: live, zero } = harness;
  await harness.carrySkipped();
  const again = new SubscriptionRunner(
    poison.models.map((model) => readModelConsumer(model, zero.schema)),
    { pool: harness.pool, codec: poison.codec, schema: zero.schema, limits: { events: 4_000, bytes: 1 << 24 }, inOrder: true },
  );
  await again.load();
  await again.run({ source: upToHead(log), signal: new AbortController().signal });
  const events: RecordedEvent[] = [];
  for await (const stored of log.readAll({ after: START })) events.push(codec.decode(stored));
  const lines = await collected(dumpReadModels(harness.pool, models, live.schema));
  const compare = (other: readonly string[], name: string): void => {
    for (const line of differencesOf(lines, other, ['live', name])) invariants.find('differences', line);
  };
  compare(await collected(dumpReadModels(harness.pool, models, zero.schema)), 'rebuilt');
  if (!poison.any)
    compare(
      models.flatMap((model) => dumpFolded(model, foldInMemory(model, events))),
      'folded',
    );
  const [parked, parkedAgain] = [await parkedIn(harness, live.schema), await parkedIn(harness, zero.schema)];
  if (parked !== parkedAgain) invariants.find('differences', `parked: ${parked} and rebuilt ${parkedAgain}`);
  const [columns, rebuilt] = [await columnsOf(harness, live.schema), await columnsOf(harness, zero.schema)];
  if (columns !== rebuilt) invariants.find('differences', `columns: ${columns} and rebuilt ${rebuilt}`);
};

const columnsOf = async ({ connections }: ProjectionsHarness, schema: string): Promise<string> => {
  const { rows } = await connections.control.query<{ all: string }>(
    models
      .map(({ projection }) => `select coalesce(json_agg(t order by key)::text, '') as all from ${quotedTable(projection, schema)} t`)
      .join(' union all '),
  );
  return rows.map(({ all }) => all).join('\n');
};

/** Without what only lives on: how often it was tried, and when. */
const parkedIn = async ({ connections }: ProjectionsHarness, schema: string): Promise<string> => {
  const { parked, projection } = controlTables(schema);
  const { rows } = await connections.control.query<{ line: string }>(
    `select concat_ws(' ', p.name, k.unknown, k.key, k.position, k.event_id, k.type, k.stream, k.revision, k.state) as line
     from ${parked} k join ${projection} p on p.id = k.projection where p.name not like 'process/%' order by 1`,
  );
  return rows.map(({ line }) => line).join('\n');
};
