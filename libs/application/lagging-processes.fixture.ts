import type { Instant, StreamName } from '#kernel/id';
import type { Due, DueTimes, Process } from '#kernel/process';
import type { SavoirsEvent, SavoirsOrder } from '#domain/catalogue';
import { deciders } from '#domain/deciders';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import { commandIdOf, dueKey } from '#read-store/command-ids';
import type { World } from './application.fixture';
import type { Application } from './create-application';
import { plain, type AnyDecider } from './load-stream';
import { processes } from './processes/processes';
import { categoryOf } from './run-decider';

type AnyProcess = Process<SavoirsEvent, unknown, SavoirsOrder>;

interface Waiting {
  readonly due: Due;
  readonly cause: RecordedEvent;
}

interface Follower {
  readonly process: AnyProcess;
  next: number;
  rows: Map<string, unknown>;
  dues: Map<string, Waiting>;
}

/** The log, decoded, and each stream's state, as far as it was read. */
export interface Seen {
  readonly events: readonly RecordedEvent[];
  readonly states: ReadonlyMap<StreamName, unknown>;
}

export interface LaggingProcesses {
  readonly names: readonly string[];
  see(): Promise<Seen>;
  /** One process takes its next event; where it crashes, the commands are given and the checkpoint stays. */
  step(process: number, crashes?: boolean): Promise<boolean>;
  /** One process fires what is due by now. */
  strike(process: number): Promise<boolean>;
  /** Everything that follows by now, due times included. */
  drain(): Promise<void>;
  nextDue(): Instant | null;
}

/** A watch that strikes every day for ever, and asks read models, has no place in a story that is to end. */
const followed = (processes as readonly unknown[] as readonly AnyProcess[]).filter(({ asks }) => !asks);

/** Every process with a checkpoint of its own, its due times and its crashes: as the runtime plays them, but in any order that a test likes. */
export const laggingProcesses = (here: World, application: Application): LaggingProcesses => {
  const followers = followed.map((process): Follower => ({ process, next: 0, rows: new Map(), dues: new Map() }));
  const events: RecordedEvent[] = [];
  const states = new Map<StreamName, unknown>();
  let after: Position = START;

  const see = async (): Promise<Seen> => {
    for await (const stored of here.log.readAll({ after })) {
      after = stored.position;
      const event = here.codec.decode(stored);
      events.push(event);
      const decider = deciders[categoryOf(stored.stream)] as AnyDecider;
      states.set(stored.stream, decider.evolve(states.get(stored.stream) ?? decider.initial, plain(event)));
    }
    return { events, states };
  };

  const give = async (orders: readonly SavoirsOrder[], cause: RecordedEvent, idOf: (index: number) => ReturnType<typeof commandIdOf>) => {
    const { network, correlationId, eventId: causationId } = cause.meta;
    for (const [index, order] of orders.entries()) {
      const ids = { network, correlationId, causationId, commandId: idOf(index) };
      const outcome = await application.execute(order, ids, here.clock.now());
      if (outcome === 'unknown') throw new Error(`${order.type} has no outcome`);
    }
  };

  const take = async ({ process, rows, dues }: Follower, event: RecordedEvent, crashes: boolean): Promise<void> => {
    const folded = [...new Set(process.keys(event))].map((key) => ({ key, ...process.evolve(rows.get(key), event, key) }));
    const orders = folded.flatMap(({ key, row }) => (row === null ? [] : process.react(row, event, key)));
    await give(orders, event, (index) => commandIdOf(event.meta.eventId, process.name, index));
    if (crashes) return;
    for (const { key, row, due = {} } of folded) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
      set(dues, { key, due: row === null ? cleared(dues, key) : due, cause: event });
    }
  };

  const step = async (number: number, crashes = false): Promise<boolean> => {
    const follower = followers[number % followers.length]!;
    await see();
    while (follower.next < events.length && !(events[follower.next]!.type in follower.process.handles)) follower.next++;
    const event = events[follower.next];
    if (!event) return false;
    await take(follower, event, crashes);
    if (!crashes) follower.next++;
    return true;
  };

  const strike = async (number: number): Promise<boolean> => {
    const { process, rows, dues } = followers[number % followers.length]!;
    const now = here.clock.now();
    const struck = [...dues].filter(([, { due }]) => due.at <= now).sort(([, one], [, other]) => (one.due.at < other.due.at ? -1 : 1))[0];
    if (!struck) return false;
    const [name, { due, cause }] = struck;
    const row = rows.get(due.key);
    await give(row === undefined ? [] : process.react(row, due, due.key), cause, (index) => commandIdOf(dueKey(due), process.name, index));
    dues.delete(name);
    if (row !== undefined) set(dues, { key: due.key, due: process.next?.(row, due, now) ?? {}, cause });
    return true;
  };

  const drain = async (): Promise<void> => {
    for (let busy = true; busy;) {
      busy = false;
      for (const number of followers.keys()) {
        while (await step(number)) busy = true;
        // As the runtime does: due times strike once the process stands at the log's head.
        while (await strike(number)) busy = true;
      }
    }
  };

  const nextDue = (): Instant | null =>
    followers
      .flatMap(({ dues }) => [...dues.values()].map(({ due }) => due.at))
      .sort()
      .at(0) ?? null;

  return { names: followers.map(({ process }) => process.name), see, step, strike, drain, nextDue };
};

const cleared = (dues: ReadonlyMap<string, Waiting>, key: string): DueTimes =>
  Object.fromEntries([...dues.values()].flatMap(({ due }) => (due.key === key ? [[due.name, null]] : [])));

const set = (dues: Map<string, Waiting>, { key, due, cause }: { key: string; due: DueTimes; cause: RecordedEvent }): void => {
  for (const [name, at] of Object.entries(due)) {
    if (at === null) dues.delete(`${key} ${name}`);
    else dues.set(`${key} ${name}`, { due: { key, name, at }, cause });
  }
};
