import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { addressForClient } from '#event-store/eventstoredb/client/address';
import { START, type Position } from '#event-store/log.port';
import { fromPosition } from '#event-store/position';
import type { Finding } from './observations';
import type { LogTruth } from './invariants';
import { waitUntil, type WaitOptions } from './wait-until';

interface Member {
  readonly state: string;
  readonly isAlive: boolean;
  readonly httpEndPointIp: string;
  readonly httpEndPointPort: number;
}

const HOSTS = /^([^/]*\/\/(?:[^@/?]*@)?)([^/?]*)(.*)$/;

const hostsOf = (url: string): readonly string[] => HOSTS.exec(url)?.[2]?.split(',') ?? [];

/** As the nodes tell one another: `host:port` of the node that leads. */
export const leaderOf = async (url: string): Promise<string | undefined> => {
  const scheme = /[?&]tls=false/i.test(url) ? 'http' : 'https';
  for (const host of hostsOf(url)) {
    const answer = await fetch(`${scheme}://${host}/gossip`, { signal: AbortSignal.timeout(2000) }).catch(() => undefined);
    if (answer?.ok !== true) continue;
    const { members } = (await answer.json()) as { readonly members: readonly Member[] };
    const leader = members.find(({ state, isAlive }) => state === 'Leader' && isAlive);
    if (leader !== undefined) return `${leader.httpEndPointIp}:${leader.httpEndPointPort}`;
  }
  return undefined;
};

/** Runs the operator's command with the node as its one argument: it kills the node, and starts it again. */
export const killNode = async (command: string, node: string): Promise<void> => {
  const child = spawn('/bin/sh', ['-c', `${command} "$1"`, 'kill', node], { stdio: 'ignore' });
  const [code] = (await once(child, 'exit')) as [number | null];
  if (code !== 0) throw new Error(`the command that kills ended with ${code}`);
};

/** Each node's own copy, once it has caught up, against what the leader tells: the same events, in the same order, at the same places. */
export const checkNodes = async (
  url: string,
  { after, truth, ...waiting }: WaitOptions & { readonly after: Position; readonly truth: LogTruth },
): Promise<readonly Finding[]> => {
  const due = truth.lines.map(({ id, position }) => `${id} at ${fromPosition(position)}`);
  const judged = hostsOf(url).map(async (host): Promise<readonly Finding[]> => {
    let there: readonly string[] = [];
    const caughtUp = async (): Promise<boolean> => {
      there = await copyOf(url.replace(HOSTS, `$1${host}$3`), after).catch(() => []);
      return due.length === 0 || there.includes(due.at(-1)!);
    };
    const isThere = await waitUntil(caughtUp, () => `${host} has ${there.length} of ${due.length} events`, waiting);
    return isThere ? checkCopy(host, there, due) : [];
  });
  return (await Promise.all(judged)).flat();
};

const checkCopy = (host: string, there: readonly string[], due: readonly string[]): readonly Finding[] => {
  const has = new Set(there);
  const missing = due.filter((line) => !has.has(line));
  if (missing.length > 0) return [{ count: 'lost', what: `${host} misses ${missing.length} of ${due.length} events, first ${missing[0]}` }];
  const at = there.findIndex((line, n) => line !== due[n]);
  return at === -1 ? [] : [{ count: 'reordered', what: `${host} has ${there[at]} as number ${at}, the leader ${due[at] ?? 'nothing'}` }];
};

/** Asked of one node alone, whether it leads or not. */
const copyOf = async (url: string, after: Position): Promise<readonly string[]> => {
  const client = EventStoreDBClient.connectionString(addressForClient(url));
  try {
    const place = fromPosition(after);
    const lines: string[] = [];
    const from = after === START ? ('start' as const) : { commit: place, prepare: place };
    for await (const { event } of client.readAll({ fromPosition: from, requiresLeader: false })) {
      if (event === undefined || event.type.startsWith('$') || event.position.commit <= place) continue;
      lines.push(`${event.id} at ${event.position.commit}`);
    }
    return lines;
  } finally {
    void client.dispose().catch(() => undefined);
  }
};
