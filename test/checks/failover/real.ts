import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chanceOf, type Chance } from '#apps/cli/demo/chance';
import { EventStoreDbLog } from '#event-store/eventstoredb/eventstoredb-log';
import { START, type EventLog } from '#event-store/log.port';
import type { CheckResult, CheckRun } from '../check';
import { realClock } from './clock';
import { Follower } from './following';
import type { Command } from './schedule';
import { COUNTS, Tally } from './tally';
import { judge, truthOf, type Truth } from './verdict';
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
/** Until a cluster without its leader answers again, at the latest. */
const PATIENCE_MS = 60_000;

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointIp: string;
  readonly httpEndPointPort: number;
}

/** As the nodes tell one another: `host:port` of the node that leads. */
const leaderOf = async (url: string): Promise<string | undefined> => {
  const scheme = /[?&]tls=false/i.test(url) ? 'http' : 'https';
  const hosts = url.replace(/^[^/]*\/\/([^@/?]*@)?/, '').split(/[/?]/)[0] ?? '';
  for (const host of hosts.split(',')) {
    const answer = await fetch(`${scheme}://${host}/gossip`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok !== true) continue;
    const { members } = (await answer.json()) as { readonly members: readonly Member[] };
    const leader = members.find(({ state, isAlive }) => state === 'Leader' && isAlive);
    if (leader !== undefined) return `${leader.httpEndPointIp}:${leader.httpEndPointPort}`;
  }
  return undefined;
};

/** Runs the operator's command with the node as its one argument: it kills the node, and starts it again. */
const kill = async (node: string): Promise<void> => {
  const child = spawn('/bin/sh', ['-c', `${setting(KILL)} "$1"`, 'kill', node], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`${KILL} ended with ${code}`);
};

const commands = (chance: Chance): readonly Command[] =>
  Array.from({ length: COMMANDS_AT_ONCE }, () => ({
    kind: chance.of<Command['kind']>(['decide', 'remembered', 'any', 'new-stream', 'burst']),
    ...{ stream: chance.whole(0, 2), events: chance.whole(1, 3), thinkMs: chance.whole(1, 50), looksFirst: chance.yes(0.5) },
  }));

/** Leader after leader is killed, each once appends are acknowledged again. */
const killLeaders = async ({ seed, count, signal, progress }: CheckRun, tally: Tally): Promise<number> => {
  let killed = 0;
  for (let n = 0; n < count && !signal.aborted; n += 1) {
    const [before, deadline] = [tally.answered.length, realClock.now + PATIENCE_MS];
    while (tally.answered.length < before + WRITERS && realClock.now < deadline && !signal.aborted) await realClock.pause(20);
    if (tally.answered.length < before + WRITERS && !signal.aborted) tally.find('lost', `nobody was answered for ${PATIENCE_MS} ms`);
    await realClock.pause(chanceOf(seed + n, 'kill').whole(0, 2000));
    const leader = await leaderOf(setting(CLUSTER));
    if (leader === undefined) continue;
    await kill(leader);
    killed += 1;
    progress(`kill ${n + 1} of ${count}: the leader ${leader}; ${tally.answered.length} appends answered`);
  }
  return killed;
};

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
    const killed = await killLeaders(run, tally);
    working = false;
    await Promise.all(writing);
    const truth = await truthAfter(log, after);
    for (const follower of followers) follower.hurried = true;
    await Promise.race([Promise.all(followers.map((follower) => follower.reached(truth.last ?? START))), realClock.pause(PATIENCE_MS)]);
    for (const follower of followers) follower.stop();
    await Promise.all(following);
    const found = [...tally.findings, ...judge(truth, tally.answered, followers)];
    return {
      counts: Object.fromEntries(COUNTS.map((count) => [count, found.filter((finding) => finding.count === count).length])),
      figures: { killed, appends: tally.answered.length, events: truth.lines.length },
      findings: found.map(({ count, what }) => `${count}: ${what}`),
    };
  } finally {
    await log.close();
    for (const name of ['uncaughtException', 'unhandledRejection'] as const) process.off(name, listen);
  }
};
