import type { RecordedEvent } from '#event-store/codec.port';
import type { Process } from '#kernel/process';
import { commandIdOf } from './command-ids';
import type { CommandToSend, Task } from './command-queue';
import type { Effect } from './process-rows';

/** One among others: what each folds and orders is its own affair. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- a list mixes event, row and command types that no union can name
export type AnyProcess = Process<any, any, any>;

export interface Folding {
  readonly keys: readonly string[];
  readonly rowOf: (key: string) => unknown;
  /** Its orders were answered before, by an earlier version, or given up by an operator: it is folded, and orders nothing. */
  readonly silent: boolean;
  /** Of its orders, how many were answered already. */
  readonly answered: number;
}

/** What an event comes to in a process: rows and due times, and the orders that are not answered yet. */
export interface Folded {
  readonly effects: readonly Effect[];
  readonly task: Task;
}

/** Pure. @throws what `evolve` or `react` threw */
export const foldEvent = (process: AnyProcess, event: RecordedEvent, { keys, rowOf, silent, answered }: Folding): Folded => {
  const effects: Effect[] = [];
  const orders: CommandToSend[] = [];
  const { eventId: causationId, correlationId, network } = event.meta;
  for (const key of keys) {
    const { row, due = {} } = process.evolve(rowOf(key) ?? undefined, event, key);
    effects.push({ key, row, due });
    if (row === null || silent) continue;
    for (const order of process.react(row, event, key)) {
      const index = orders.length;
      orders.push({ order, index, ids: { commandId: commandIdOf(causationId, process.name, index), causationId, correlationId, network } });
    }
  }
  return { effects, task: { process: process.name, keys, orders: orders.slice(answered) } };
};
