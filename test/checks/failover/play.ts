import { seededRandom } from '#apps/demo/seeded-random';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog, type Position } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import type { EventStoreDbDouble } from '#test/eventstoredb-double/double';
import type { Played } from '../runner/schedules';
import type { AdapterMutant } from './mutants';
import { FollowingConsumer } from './follower';
import { readOnce } from './reader';
import { scheduleOf, type Schedule } from './schedule';
import type { FailoverHarness } from './harness';
import { FaultInjector } from './faults';
import { Observations } from './observations';
import { timersOf } from './quiet-clock';
import { checkInvariants, truthOfDouble } from './invariants';
import { Stuck } from './quiet-clock';
import { eventOf, Writer } from './writer';

/** Of the adapter, as it ships. */
const WATCHDOG_MS = 5000;
/** What a watchdog has found mute is subscribed to again after the first back-off, and a mute answer may come while it looks. */
const RECOVERY_MS = 2 * WATCHDOG_MS + 500;
/** An append is answered or *unknown* within its deadline: 10 s, and a little for what is under way. */
const ANSWER_MS = 10_500;
/** Everybody has been answered long before. */
const TIMEOUT_MS = 180_000;

interface Scene {
  readonly schedule: Schedule;
  readonly double: EventStoreDbDouble;
  readonly log: EventLog;
  readonly harness: FailoverHarness;
  readonly name: string;
  readonly observed: Observations;
  readonly start: Position;
  /** Number of the first record after it. */
  readonly first: number;
  readonly before: readonly Position[];
}

let scenes = 0;

/** One schedule: everybody at work, faults at their moments; then all is whole again, everybody catches up, and is judged. */
export const play = async (seed: number, harness: FailoverHarness, mutant?: AdapterMutant): Promise<Played> => {
  const schedule = scheduleOf(seed);
  const { time } = harness;
  const observed = new Observations();
  const double = await harness.double(schedule.nodes);
  scenes += 1;
  const name = `${seed}x${scenes}`;
  const start = headOf(double);
  const first = double.log.records.length;
  const before = prepare(double, schedule, name);
  const timers = timersOf(time, seededRandom(seed, 'timers'));
  const log = await time.until(EventStoreDbLog.open(double.url, { timers: mutant?.timers?.(timers) ?? timers }), TIMEOUT_MS);
  const scene = { schedule, double, log, harness, name, observed, start, first, before };
  const injector = new FaultInjector(double, time, schedule.faults);
  const followers = followersOf(scene, injector, mutant?.checkpointFirst === true);
  let recoveryMs = 0;
  try {
    recoveryMs = await time.until(act(scene, injector, followers), TIMEOUT_MS);
    for (const follower of followers) follower.stop();
    await time.until(log.close(), TIMEOUT_MS);
  } catch (fault) {
    if (!(fault instanceof Stuck)) throw fault;
    observed.find('lost', `somebody was never answered: ${fault.message}`);
    for (const follower of followers) follower.stop();
    await injector.heal();
    void log.close();
    await harness.renew(schedule.nodes);
  }
  const findings = [...observed.findings, ...checkInvariants(truthOfDouble(double.log, first), observed.answered, followers)];
  const given = followers.reduce((sum, { committed }) => sum + committed.length, 0);
  const conflicts = observed.answered.filter(({ result }) => result.outcome === 'conflict').length;
  return { findings, figures: { appends: observed.answered.length - conflicts, conflicts, given, struck: injector.struck, recoveryMs } };
};

const headOf = ({ log }: EventStoreDbDouble): Position => toPosition(log.records.at(-1)?.position ?? 0n);

/** What lies there before anybody comes. @returns the places of everybody's events */
const prepare = ({ log }: EventStoreDbDouble, { backlog, noise, seed }: Schedule, name: string): readonly Position[] => {
  const chance = seededRandom(seed, 'backlog');
  const places: Position[] = [];
  const each = Math.ceil(noise / (backlog / 5 || 1));
  for (let n = 0; n < backlog; n += 5) {
    const events = [0, 1, 2, 3, 4].map((k) => eventOf(`${name}-before-${n}`, k));
    const stream = `${chance.of(['exchange', 'match'])}-${name}-before-${n}`;
    log.append(
      stream,
      'no_stream',
      events.map(({ eventId, type, data }) => ({
        id: eventId,
        type,
        contentType: 'application/json',
        data: Buffer.from(data),
        metadata: OURS,
      })),
    );
    for (let k = 0; k < each; k += 1) log.system();
    places.push(toPosition(log.records.at(-1 - each)?.position ?? 0n));
  }
  return places;
};
const OURS = Buffer.from('{"network":"n1","$schemaVersion":1}');

const followersOf = (
  { schedule, log, harness: { time }, observed, start, before }: Scene,
  injector: FaultInjector,
  checkpointFirst: boolean,
): readonly FollowingConsumer[] =>
  schedule.subscribers.map((subscriber, n) => {
    const after = before[Math.floor(subscriber.from * before.length) - 1] ?? start;
    return new FollowingConsumer(
      subscriber,
      { name: `subscriber ${n}`, log, time, observed, after, onGiven: () => injector.at('given') },
      checkpointFirst,
    );
  });

/** @returns how long the last subscription took to come back */
const act = async (scene: Scene, injector: FaultInjector, followers: readonly FollowingConsumer[]): Promise<number> => {
  const { schedule, double, log, harness, name, observed, start, first } = scene;
  const { time } = harness;
  const following = followers.map((follower) => follower.follow());
  const writing = schedule.writers.map((commands, writer) =>
    new Writer({ log, time, observed, name, writer, answerMs: ANSWER_MS, chance: seededRandom(schedule.seed, `writer ${writer}`) }).give(
      commands,
    ),
  );
  const reading = schedule.reads.map((read) => readOnce(read, { log, truth: double.log, first, time, observed, name, after: start }));
  await Promise.all([...writing, ...reading]);
  await injector.heal();
  const [healed, head] = [time.now, truthOfDouble(double.log, first).last];
  for (const follower of followers) follower.hurried = true;
  await Promise.race([Promise.all(followers.map((follower) => follower.reached(head ?? START))), time.pause(TIMEOUT_MS / 3)]);
  const took = time.now - healed;
  if (took > RECOVERY_MS) observed.find('lost', `a subscription did not come back within two watchdog periods: ${took} ms`);
  for (const follower of followers) follower.stop();
  await Promise.all(following);
  return took;
};
