import type { Instant, StreamName } from '#kernel/id';
import type { Due, DueTimes, Process } from '#kernel/process';
import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import { deciders } from '#domain/deciders';
import type { RecordedEvent } from '#event-store/codec.port';
import { START, type Position } from '#event-store/log.port';
import { commandIdOf, dueKey } from '#read-store/processes/command-ids';
import type { World } from './application.fixture';
import type { Application } from './create-application';
import { plain, type AnyDecider } from './dispatch/load-stream';
import { processes } from './processes/processes';
import { categoryOf } from './dispatch/run-decider';

type AnyProcess = Process<SavoirsEvent, unknown, SentCommand>;

interface Waiting {
  readonly due: Due;
  readonly cause: RecordedEvent;
}

interface LaggingProcess {
  readonly process: AnyProcess;
  next: number;
  rows: Map<string, unknown>;
  dues: Map<string, Waiting>;
}

/** The log, decoded, and each stream's state, as far as it was read. */
export interface LogContents {
  readonly events: readonly RecordedEvent[];
  readonly states: ReadonlyMap<StreamName, unknown>;
}

/** How a process takes its next events. */
export interface Taking {
  /** So many at once, as one batch of the runtime; 1 where nothing else is said. */
  readonly events?: number;
  /** Orders of causes that share no key are given in any order; this number says which. */
  readonly turn?: number;
  /** It crashes once so many orders are given, and the checkpoint stays. */
  readonly crashesAfter?: number;
}

export interface LaggingProcesses {
  readonly names: readonly string[];
  see(): Promise<LogContents>;
  step(process: number, taking?: Taking): Promise<boolean>;
  /** One process fires what is due by now. */
  strike(process: number): Promise<boolean>;
  /** Everything that follows by now, due times included; one process may be left behind, and orders come in the order that `turn` says. */
  drain(how?: { readonly behind?: number; readonly turn?: number }): Promise<void>;
  nextDue(): Instant | null;
}

interface QueuedCommand {
  readonly order: SentCommand;
  readonly cause: RecordedEvent;
  readonly index: number;
}

/** The orders of one cause: in their order, after those of every earlier cause that shares a key. */
interface Task {
  readonly keys: readonly string[];
  readonly orders: readonly QueuedCommand[];
}

/** One order in which the runtime may give the orders of a batch. */
const ordered = (tasks: readonly Task[], turn: number): readonly QueuedCommand[] => {
  const left = tasks.map(({ keys, orders }) => ({ keys, orders: [...orders] }));
  const given: QueuedCommand[] = [];
  for (let at = turn; ; at += 1 + turn) {
    const waiting = left.filter(({ orders }) => orders.length > 0);
    const free = waiting.filter(
      ({ keys }, index) => !waiting.slice(0, index).some((other) => other.keys.some((key) => keys.includes(key))),
    );
    if (free.length === 0) return given;
    given.push(free[at % free.length]!.orders.shift()!);
  }
};

/** What strikes every day or month for ever, or asks read models, has no place in a story that is to end. */
const followed = (processes as readonly unknown[] as readonly AnyProcess[]).filter(({ asks, name }) => !asks && name !== 'retention-clock');

/** Every process with a checkpoint of its own, its due times and its crashes: as the runtime plays them, but in any order that a test likes. */
export const laggingProcesses = (here: World, application: Application): LaggingProcesses => {
  const followers = followed.map((process): LaggingProcess => ({ process, next: 0, rows: new Map(), dues: new Map() }));
  const events: RecordedEvent[] = [];
  const states = new Map<StreamName, unknown>();
  let after: Position = START;

  const see = async (): Promise<LogContents> => {
    for await (const stored of here.log.readAll({ after })) {
      after = stored.position;
      const event = here.codec.decode(stored);
      events.push(event);
      const decider = deciders[categoryOf(stored.stream)] as AnyDecider;
      states.set(stored.stream, decider.evolve(states.get(stored.stream) ?? decider.initial, plain(event)));
    }
    return { events, states };
  };

  const give = async (orders: readonly SentCommand[], cause: RecordedEvent, idOf: (index: number) => ReturnType<typeof commandIdOf>) => {
    const { network, correlationId, eventId: causationId } = cause.meta;
    for (const [index, order] of orders.entries()) {
      const ids = { network, correlationId, causationId, commandId: idOf(index) };
      const outcome = await application.execute(order, ids, here.clock.now());
      if (outcome === 'unknown') throw new Error(`${order.type} has no outcome`);
    }
  };

  const take = async (
    { process, rows, dues }: LaggingProcess,
    batch: readonly RecordedEvent[],
    { turn = 0, crashesAfter }: Taking,
  ): Promise<void> => {
    const [rowsAfter, set] = [new Map(rows), [] as { key: string; row: unknown; due: DueTimes; cause: RecordedEvent }[]];
    const tasks = batch.map((cause): Task => {
      const keys = [...new Set(process.keys(cause))];
      const reactions = keys.flatMap((key) => {
        const { row, due = {} } = process.evolve(rowsAfter.get(key), cause, key);
        if (row === null) rowsAfter.delete(key);
        else rowsAfter.set(key, row);
        set.push({ key, row, due, cause });
        return row === null ? [] : process.react(row, cause, key);
      });
      return { keys, orders: reactions.map((order, index) => ({ order, cause, index })) };
    });
    for (const { order, cause, index } of ordered(tasks, turn).slice(0, crashesAfter))
      await give([order], cause, () => commandIdOf(cause.meta.eventId, process.name, index));
    if (crashesAfter !== undefined) return;
    for (const { key, row, due, cause } of set) {
      if (row === null) rows.delete(key);
      else rows.set(key, row);
      setDues(dues, { key, due: row === null ? cleared(dues, key) : due, cause });
    }
  };

  const step = async (number: number, taking: Taking = {}): Promise<boolean> => {
    const follower = followers[number % followers.length]!;
    await see();
    const batch: RecordedEvent[] = [];
    let next = follower.next;
    for (; next < events.length && batch.length < (taking.events ?? 1); next++)
      if (events[next]!.type in follower.process.handles) batch.push(events[next]!);
    if (batch.length > 0) await take(follower, batch, taking);
    if (taking.crashesAfter === undefined) follower.next = next;
    return batch.length > 0;
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
    if (row !== undefined) setDues(dues, { key: due.key, due: process.next?.(row, due, now) ?? {}, cause });
    return true;
  };

  const drain: LaggingProcesses['drain'] = async ({ behind, turn = 0 } = {}) => {
    for (let busy = true; busy;) {
      busy = false;
      for (const number of followers.keys()) {
        if (behind !== undefined && number === behind % followers.length) continue;
        while (await step(number, { events: 50, turn })) busy = true;
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

const setDues = (dues: Map<string, Waiting>, { key, due, cause }: { key: string; due: DueTimes; cause: RecordedEvent }): void => {
  for (const [name, at] of Object.entries(due)) {
    if (at === null) dues.delete(`${key} ${name}`);
    else dues.set(`${key} ${name}`, { due: { key, name, at }, cause });
  }
};
