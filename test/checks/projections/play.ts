import { chanceOf } from '#apps/demo/seeded-random';
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
import { Chores } from './chores';
import { Expected } from './expected';
import { codec, historyOf, models } from './history';
import { Operator } from './operator';
import { SharedLog } from './play-log';
import { Poison } from './poison';
import { useClock, ScheduleClock } from './schedule-clock';
import { scheduleOf, type Schedule } from './schedule';
import type { Stage } from './stage';
import { Strikes } from './strikes';
import { Watch } from './watch';
import { Worker, type Scene } from './workers';

const TURNS = 4_000;
/** Of the schedule's time: back-offs, stalls and leases are all over long before. */
const TIMEOUT_MS = 120_000;
const RESTART_MS = 100;

/** One schedule: everybody at work, faults at their moments; then all is whole again, everybody catches up, and is judged. */
export const play = async (seed: number, stage: Stage, spoil: Scene['spoil'] = {}): Promise<Played> => {
  const schedule = scheduleOf(seed);
  const time = new ScheduleClock();
  useClock(time, chanceOf(seed, 'back-off').next);
  await stage.clear(schedule.fresh);
  const log = new SharedLog();
  const conductor = new Conductor(chanceOf(seed, 'turns'), time, (pid) => stage.lines.blockersOf(pid));
  const strikes = new Strikes(schedule.strikes);
  const poison = new Poison();
  const expected = models.map((model) => new Expected(model, poison));
  const chores = new Chores(schedule.processes, seed, (count, what) => watch.find(count, what));
  let head = 0;
  const crew: Worker[] = [];
  const watch: Watch = new Watch({
    ...{ client: stage.lines.control, schema: stage.play.schema, expected, head: () => head },
    besides: () => chores.look((sql) => stage.lines.control.query(sql).catch(() => ({ rows: [] })), stage.play.schema),
    underLease: ({ name }) => crew.some(({ number, isUnderLease }) => isUnderLease && name.startsWith(`worker ${number} `)),
  });
  const scene: Scene = { conductor, stage, log, strikes, watch, poison, chores, spoil };
  for (const [number, plan] of schedule.workers.entries()) crew.push(new Worker(number, plan, scene));
  const take = (events: readonly RecordedEvent[]): void => {
    for (const event of events) {
      head += 1;
      for (const one of schedule.poison?.events ?? []) if (one.number === head) poison.add(event.meta.eventId, one.kind);
      for (const one of expected) one.append(event);
      chores.append(event, head, schedule.poison !== null);
    }
  };
  const operator = new Operator(scene, schedule, expected);
  await act({ schedule, scene, crew, operator, take, atRest: () => watch.atHead && chores.atRest(head) });
  await judge(scene, log);
  chores.judge();
  return {
    findings: watch.findings,
    figures: {
      events: head,
      turns: conductor.turns,
      looks: watch.looks,
      struck: strikes.struck,
      parked: expected.reduce((sum, one) => sum + one.ever, chores.ever),
    },
  };
};

interface Act {
  readonly schedule: Schedule;
  readonly scene: Scene;
  readonly crew: readonly Worker[];
  readonly operator: Operator;
  readonly take: (events: readonly RecordedEvent[]) => void;
  /** Everybody has read the whole log, and nothing is due. */
  readonly atRest: () => boolean;
}

const act = async ({ schedule, scene, crew, operator, take, atRest }: Act): Promise<void> => {
  const { conductor, log, strikes, watch, poison, chores } = scene;
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
  const waiting = new Set(crew);
  const operating = { busy: Promise.resolve<unknown>(undefined), under: 0 };
  const operate = (work: () => Promise<unknown>): void => {
    operating.under += 1;
    operating.busy = operating.busy
      .then(work)
      .catch((fault: unknown) => watch.find('unhandled', `the operator: ${String(fault)}`))
      .finally(() => (operating.under -= 1));
  };
  const mend = (): void => {
    if (poison.mended) return;
    void conductor.during(0, Promise.all(crew.map((worker) => worker.replace(RESTART_MS))));
    poison.mended = true;
    chores.mended = true;
  };
  conductor.onTurn = (turn) => {
    // Between two acts of the operator, whose code it is, too.
    if (turn === schedule.poison?.mendedAt) operate(async () => mend());
    for (const [n, { kind, turn: due }] of schedule.poison?.operations.entries() ?? [])
      if (due === turn) operate(() => operator.act(kind, n));
    for (const { ms } of schedule.jumps.filter((jump) => jump.turn === turn)) conductor.time.jump(ms);
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
  strikes.heal();
  if (schedule.poison !== null && schedule.poison.mendedAt !== null) {
    operate(async () => mend());
    operate(() => operator.clear());
  }
  const healed = played && (await conductor.until(() => atRest() && operating.under === 0, { turns: TURNS, ms: TIMEOUT_MS }));
  if (!healed) watch.find('stuck', `they did not come to the head: ${conductor.trace.slice(-3).join('; ')}`);
  // An act that began now would be cut off at the end, and its locks would outlive the schedule.
  conductor.onTurn = () => undefined;
  const stopping = { over: false };
  void Promise.all(crew.map((worker) => worker.stop())).then(() => (stopping.over = true));
  if (!(await conductor.until(() => stopping.over, { turns: TURNS, ms: TIMEOUT_MS }))) watch.find('stuck', 'a worker did not stop');
};

const judge = async ({ stage, watch, poison }: Scene, log: SharedLog): Promise<void> => {
  await watch.look(null);
  const { play: live, zero } = stage;
  await stage.carrySkipped();
  const again = new SubscriptionRunner(
    poison.models.map((model) => readModelConsumer(model, zero.schema)),
    { pool: stage.pool, codec: poison.codec, schema: zero.schema, limits: { events: 4_000, bytes: 1 << 24 }, inOrder: true },
  );
  await again.load();
  await again.run({ source: upToHead(log), signal: new AbortController().signal });
  const events: RecordedEvent[] = [];
  for await (const stored of log.readAll({ after: START })) events.push(codec.decode(stored));
  const lines = await collected(dumpReadModels(stage.pool, models, live.schema));
  const compare = (other: readonly string[], name: string): void => {
    for (const line of differencesOf(lines, other, ['live', name])) watch.find('differences', line);
  };
  compare(await collected(dumpReadModels(stage.pool, models, zero.schema)), 'rebuilt');
  if (!poison.any)
    compare(
      models.flatMap((model) => dumpFolded(model, foldInMemory(model, events))),
      'folded',
    );
  const [parked, parkedAgain] = [await parkedIn(stage, live.schema), await parkedIn(stage, zero.schema)];
  if (parked !== parkedAgain) watch.find('differences', `parked: ${parked} and rebuilt ${parkedAgain}`);
  const [columns, rebuilt] = [await columnsOf(stage, live.schema), await columnsOf(stage, zero.schema)];
  if (columns !== rebuilt) watch.find('differences', `columns: ${columns} and rebuilt ${rebuilt}`);
};

const columnsOf = async ({ lines }: Stage, schema: string): Promise<string> => {
  const { rows } = await lines.control.query<{ all: string }>(
    models
      .map(({ projection }) => `select coalesce(json_agg(t order by key)::text, '') as all from ${quotedTable(projection, schema)} t`)
      .join(' union all '),
  );
  return rows.map(({ all }) => all).join('\n');
};

/** Without what only lives on: how often it was tried, and when. */
const parkedIn = async ({ lines }: Stage, schema: string): Promise<string> => {
  const { parked, projection } = controlTables(schema);
  const { rows } = await lines.control.query<{ line: string }>(
    `select concat_ws(' ', p.name, k.unknown, k.key, k.position, k.event_id, k.type, k.stream, k.revision, k.state) as line
     from ${parked} k join ${projection} p on p.id = k.projection where p.name not like 'process/%' order by 1`,
  );
  return rows.map(({ line }) => line).join('\n');
};
