import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog } from '#event-store/log.port';
import type { CheckResult, CheckRun } from '../runner/check';
import { realClock } from './clock';
import { checkNodes, killNode, leaderOf } from './cluster';
import { FollowingConsumer } from './follower';
import type { WriterCommand } from './schedule';
import { COUNTS, Observations } from './observations';
import { checkInvariants, truthOf, type LogTruth } from './invariants';
import { waitUntil } from './wait-until';
import { Writer } from './writer';

const CLUSTER = 'TEST_EVENTSTORE_CLUSTER';
const KILL = 'TEST_EVENTSTORE_KILL';

export const missingForReal = (env: NodeJS.ProcessEnv): string | undefined => {
  const missing = [CLUSTER, KILL].find((name) => (env[name] ?? '').trim() === '');
  return (
    missing && `${missing} is not set: --real needs the address of a cluster of EventStoreDB, and a command that kills one of its nodes.`
  );
};

const setting = (name: string): string => process.env[name]?.trim() ?? '';

const WRITERS = 8;
const COMMANDS_AT_ONCE = 20;

const commands = (chance: SeededRandom): readonly WriterCommand[] =>
  Array.from({ length: COMMANDS_AT_ONCE }, () => ({
    kind: chance.of<WriterCommand['kind']>(['decide', 'remembered', 'any', 'new-stream', 'burst']),
    ...{ stream: chance.whole(0, 2), events: chance.whole(1, 3), thinkMs: chance.whole(1, 50), looksFirst: chance.yes(0.5) },
  }));

interface Killing {
  readonly killed: number;
  /** The longest time from a kill until as many appends were answered as there are writers. */
  readonly longestRecoveryMs: number;
}

/** Leader after leader is killed, each once appends are acknowledged again. */
const killLeaders = async ({ seed, count, signal, progress }: CheckRun, observed: Observations): Promise<Killing> => {
  const waiting = { time: realClock, signal, progress };
  let [killed, longestRecoveryMs] = [0, 0];
  const recover = async (what: string): Promise<void> => {
    const [before, from] = [observed.answered.length, realClock.now];
    const answered = (): number => observed.answered.length - before;
    if (
      !(await waitUntil(
        () => answered() >= WRITERS,
        () => `${answered()} appends answered since ${what}`,
        waiting,
      ))
    )
      return;
    const took = Math.round(realClock.now - from);
    if (killed > 0) longestRecoveryMs = Math.max(longestRecoveryMs, took);
    progress(`${what}; ${observed.answered.length} appends answered, ${WRITERS} of them within ${took} ms`);
  };
  await recover('everybody at work');
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    await realClock.pause(seededRandom(seed + n, 'kill').whole(0, 2000));
    const leader = await leaderOf(setting(CLUSTER));
    if (leader !== undefined) {
      await killNode(setting(KILL), leader);
      killed += 1;
    }
    await recover(leader === undefined ? 'nobody led' : `kill ${n + 1} of ${count}: the leader ${leader}`);
  }
  return { killed, longestRecoveryMs };
};

const namesOf = (followers: readonly FollowingConsumer[]): string => followers.map(({ name }) => name).join(', ');

const truthAfter = async (log: EventLog, after: typeof START): Promise<LogTruth> => {
  const lines = [];
  for await (const { eventId, type, stream, revision, position } of log.readAll({ after }))
    lines.push({ id: eventId, type, stream, revision, position });
  return truthOf(lines);
};

const FILTERS = [undefined, { types: ['Asked'] }, { categories: ['exchange'] }];

/** Writers and followers at work on a real cluster, while its leaders are killed; then what they were told is held against the log. */
export const runReal = async (run: CheckRun): Promise<CheckResult> => {
  const observed = new Observations();
  const listen = (error: unknown): void => observed.find('unhandled', String(error));
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.on(name, listen);
  const log = await EventStoreDbLog.open(setting(CLUSTER));
  try {
    const after = await log.head();
    const steady = { from: 0, commitEvery: 5, slowMs: 0, slowEvery: 1 };
    const followers = FILTERS.map(
      (filter, n) =>
        new FollowingConsumer(
          { ...steady, filter, diesEvery: n === 0 ? 0 : 150 },
          { name: `subscriber ${n}`, log, time: realClock, observed, after, onGiven: () => undefined },
        ),
    );
    const following = followers.map((follower) => follower.follow());
    let working = true;
    const name = `real${run.seed}x${Date.now()}`;
    const writing = Array.from({ length: WRITERS }, async (_, writer) => {
      const chance = seededRandom(run.seed, `writer ${writer}`);
      const one = new Writer({ log, time: realClock, observed, name, chance, writer });
      while (working) await one.give(commands(chance));
    });
    const killing = await killLeaders(run, observed);
    working = false;
    await Promise.all(writing);
    const truth = await truthAfter(log, after);
    for (const follower of followers) follower.hurried = true;
    const waiting = { time: realClock, signal: run.signal, progress: run.progress };
    const behind = (): readonly FollowingConsumer[] => followers.filter(({ position }) => position < (truth.last ?? START));
    const areThere = await waitUntil(
      () => behind().length === 0,
      () => `${namesOf(behind())} behind the end of the log`,
      waiting,
    );
    for (const follower of followers) follower.stop();
    await Promise.all(following);
    const nodes = await checkNodes(setting(CLUSTER), { after, truth, ...waiting });
    // interrupted, nobody can tell what would have come
    const found = [...observed.findings, ...checkInvariants(truth, observed.answered, areThere ? followers : []), ...nodes];
    return {
      counts: Object.fromEntries(COUNTS.map((count) => [count, found.filter((finding) => finding.count === count).length])),
      figures: {
        ...killing,
        longestAnswerMs: Math.round(observed.longestAnswerMs),
        appends: observed.answered.length,
        events: truth.lines.length,
      },
      findings: found.map(({ count, what }) => `${count}: ${what}`),
    };
  } finally {
    await log.close();
    for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.off(name, listen);
  }
};
