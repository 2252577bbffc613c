import { chanceOf, type Chance } from '#apps/demo/seeded-random';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog } from '#event-store/log.port';
import type { CheckResult, CheckRun } from '../runner/check';
import { realClock } from './clock';
import { judgeNodes, killNode, leaderOf } from './cluster';
import { Follower } from './following';
import type { Command } from './schedule';
import { COUNTS, Tally } from './tally';
import { judge, truthOf, type Truth } from './verdict';
import { untilIt } from './waiting';
import { Writer } from './writing';

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

const commands = (chance: Chance): readonly Command[] =>
  Array.from({ length: COMMANDS_AT_ONCE }, () => ({
    kind: chance.of<Command['kind']>(['decide', 'remembered', 'any', 'new-stream', 'burst']),
    ...{ stream: chance.whole(0, 2), events: chance.whole(1, 3), thinkMs: chance.whole(1, 50), looksFirst: chance.yes(0.5) },
  }));

interface Killing {
  readonly killed: number;
  /** The longest time from a kill until as many appends were answered as there are writers. */
  readonly longestRecoveryMs: number;
}

/** Leader after leader is killed, each once appends are acknowledged again. */
const killLeaders = async ({ seed, count, signal, progress }: CheckRun, tally: Tally): Promise<Killing> => {
  const waiting = { time: realClock, signal, progress };
  let [killed, longestRecoveryMs] = [0, 0];
  const recover = async (what: string): Promise<void> => {
    const [before, from] = [tally.answered.length, realClock.now];
    const answered = (): number => tally.answered.length - before;
    if (
      !(await untilIt(
        () => answered() >= WRITERS,
        () => `${answered()} appends answered since ${what}`,
        waiting,
      ))
    )
      return;
    const took = Math.round(realClock.now - from);
    if (killed > 0) longestRecoveryMs = Math.max(longestRecoveryMs, took);
    progress(`${what}; ${tally.answered.length} appends answered, ${WRITERS} of them within ${took} ms`);
  };
  await recover('everybody at work');
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    await realClock.pause(chanceOf(seed + n, 'kill').whole(0, 2000));
    const leader = await leaderOf(setting(CLUSTER));
    if (leader !== undefined) {
      await killNode(setting(KILL), leader);
      killed += 1;
    }
    await recover(leader === undefined ? 'nobody led' : `kill ${n + 1} of ${count}: the leader ${leader}`);
  }
  return { killed, longestRecoveryMs };
};

const namesOf = (followers: readonly Follower[]): string => followers.map(({ name }) => name).join(', ');

const truthAfter = async (log: EventLog, after: typeof START): Promise<Truth> => {
  const lines = [];
  for await (const { eventId, type, stream, revision, position } of log.readAll({ after }))
    lines.push({ id: eventId, type, stream, revision, position });
  return truthOf(lines);
};

const FILTERS = [undefined, { types: ['Asked'] }, { categories: ['exchange'] }];

/** Writers and followers at work on a real cluster, while its leaders are killed; then what they were told is held against the log. */
export const runReal = async (run: CheckRun): Promise<CheckResult> => {
  const tally = new Tally();
  const listen = (error: unknown): void => tally.find('unhandled', String(error));
  for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.on(name, listen);
  const log = await EventStoreDbLog.open(setting(CLUSTER));
  try {
    const after = await log.head();
    const steady = { from: 0, commitEvery: 5, slowMs: 0, slowEvery: 1 };
    const followers = FILTERS.map(
      (filter, n) =>
        new Follower(
          { ...steady, filter, diesEvery: n === 0 ? 0 : 150 },
          { name: `subscriber ${n}`, log, time: realClock, tally, after, onGiven: () => undefined },
        ),
    );
    const following = followers.map((follower) => follower.follow());
    let working = true;
    const name = `real${run.seed}x${Date.now()}`;
    const writing = Array.from({ length: WRITERS }, async (_, writer) => {
      const chance = chanceOf(run.seed, `writer ${writer}`);
      const one = new Writer({ log, time: realClock, tally, name, chance, writer });
      while (working) await one.give(commands(chance));
    });
    const killing = await killLeaders(run, tally);
    working = false;
    await Promise.all(writing);
    const truth = await truthAfter(log, after);
    for (const follower of followers) follower.hurried = true;
    const waiting = { time: realClock, signal: run.signal, progress: run.progress };
    const behind = (): readonly Follower[] => followers.filter(({ position }) => position < (truth.last ?? START));
    const areThere = await untilIt(
      () => behind().length === 0,
      () => `${namesOf(behind())} behind the end of the log`,
      waiting,
    );
    for (const follower of followers) follower.stop();
    await Promise.all(following);
    const nodes = await judgeNodes(setting(CLUSTER), { after, truth, ...waiting });
    // interrupted, nobody can tell what would have come
    const found = [...tally.findings, ...judge(truth, tally.answered, areThere ? followers : []), ...nodes];
    return {
      counts: Object.fromEntries(COUNTS.map((count) => [count, found.filter((finding) => finding.count === count).length])),
      figures: {
        ...killing,
        longestAnswerMs: Math.round(tally.longestAnswerMs),
        appends: tally.answered.length,
        events: truth.lines.length,
      },
      findings: found.map(({ count, what }) => `${count}: ${what}`),
    };
  } finally {
    await log.close();
    for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.off(name, listen);
  }
};
