import type { Pool } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import type { Consumer, Entry, PendingWrite } from '../checkpoints/consumer';
import type { Checkpoint } from '../checkpoints/projection-table';
import { distinct } from '../fold/fold';
import { isNobodysOwn, type CommandQueue, type TaskResult } from './command-queue';
import { classOf } from '../fold/poison-policy';
import { foldEvent, type AnyProcess, type Folded } from './process-fold';
import { causeOf, forgetOwed, loadParkedKeys, park, refuseTooMany, type ParkedCause, type ParkedKeys } from './process-parking';
import { keep, loadHeld, storeHeld, type HeldKey } from './process-rows';
import { controlTables, PROCESS, shapeOf } from '../tables/table-names';

export type { AnyProcess } from './process-fold';

export interface ProcessParts {
  readonly pool: Pool;
  readonly schema: string;
  readonly orders: CommandQueue;
  /** Answers what a due time asks, from read models that stand at the log's head. */
  readonly ask: (question: unknown) => Promise<unknown>;
}

/**
 * One process as a consumer: folds its rows, and has every command answered, before the transaction that moves its checkpoint.
 * A crash between the two brings the same events again, and so the same command ids: at least once, made once. An event that cannot be
 * folded, or whose order throws, is parked in that transaction, with all that follows on its keys.
 */
export const processConsumer = (process: AnyProcess, { pool, schema, orders }: Omit<ProcessParts, 'ask'>): Consumer => {
  const tables = controlTables(schema);
  return {
    name: PROCESS + process.name,
    version: process.version,
    build: 1,
    types: new Set(Object.keys(process.handles)),
    decoded: true,
    shape: shapeOf('process'),
    prepare: async () => undefined,
    take: async (entries, at, signal): Promise<PendingWrite> => {
      const read = entries.map((entry) => readBy(process, entry));
      const keys = distinct(read.flatMap((one) => ('event' in one ? one.keys : [])));
      const parked = await loadParkedKeys(pool, tables, { at, entries, keys });
      const held = await loadHeld(pool, tables, { at, keys });
      const steps = foldAll(process, read, { at, parked: parked.copy(), known: parked, held });
      const tasks = steps.flatMap(({ folded }) => (folded ? [folded.task] : []));
      const aside = settle(steps, await orders.run(tasks, signal), { parked, held });
      const owed = entries.filter((entry) => parked.owedOf(entry) !== undefined).map(({ stored }) => stored.eventId);
      return async (client) => {
        await storeHeld(client, tables, { at, held });
        await forgetOwed(client, tables, at.id, owed);
        await park(client, tables, at.id, aside);
        if (aside.length > 0) await refuseTooMany(client, tables, at.id);
      };
    },
  };
};

/** An event with its keys; or one that cannot be read, or whose keys cannot be told. */
type Read =
  | { readonly entry: Entry; readonly event: RecordedEvent; readonly keys: readonly string[] }
  | { readonly entry: Entry; readonly fault: unknown };

const readBy = (process: AnyProcess, entry: Entry): Read => {
  try {
    const event = entry.event();
    return { entry, event, keys: distinct(process.keys(event)) };
  } catch (fault) {
    if (isNobodysOwn(fault)) throw fault;
    return { entry, fault };
  }
};

/** One event in its turn. Neither folded nor with a fault: it waits behind another. */
interface Step {
  readonly entry: Entry;
  readonly unknown: boolean;
  readonly keys: readonly string[];
  readonly event?: RecordedEvent;
  readonly folded?: Folded;
  readonly fault?: unknown;
  readonly answered: number;
  readonly silent: boolean;
}

interface FoldingAll {
  readonly at: Checkpoint;
  /** Grows with what throws on the way. */
  readonly parked: ParkedKeys;
  readonly known: ParkedKeys;
  readonly held: ReadonlyMap<string, HeldKey>;
}

/** As if every order were answered: what an order that throws undoes is not kept later. */
const foldAll = (process: AnyProcess, read: readonly Read[], { at, parked, known, held }: FoldingAll): readonly Step[] => {
  const rows = new Map([...held].map(([key, { row }]) => [key, row]));
  const foldOne = (one: Read): Step | null => {
    const { entry } = one;
    const { position, stream } = entry.stored;
    const owed = known.owedOf(entry);
    if (!('event' in one)) {
      // Given up for good, readable or not.
      if (known.isSkipped(entry, true, [stream])) return null;
      return {
        entry,
        unknown: true,
        keys: [stream],
        fault: one.fault,
        answered: owed ?? 0,
        silent: position <= at.silentUntil && owed === undefined,
      };
    }
    const { event, keys } = one;
    const isGivenUp = known.isSkipped(entry, false, keys);
    const silent = isGivenUp || (position <= at.silentUntil && owed === undefined);
    const step = { entry, unknown: false, keys, event, answered: owed ?? 0, silent };
    if (parked.waits(entry, keys)) return step;
    try {
      const folded = foldEvent(process, event, { keys, rowOf: (key) => rows.get(key), silent, answered: step.answered });
      for (const { key, row } of folded.effects) rows.set(key, row);
      return { ...step, folded };
    } catch (fault) {
      if (isNobodysOwn(fault)) throw fault;
      return isGivenUp ? null : { ...step, fault };
    }
  };
  return read.flatMap((one) => {
    const step = foldOne(one);
    if (step === null) return [];
    if (!step.folded) parked.block(step);
    return [step];
  });
};

/** Keeps what all went well with, and answers what is set aside, both in the log's order. */
const settle = (
  steps: readonly Step[],
  results: readonly TaskResult[],
  { parked, held }: Pick<FoldingAll, 'parked' | 'held'>,
): readonly ParkedCause[] => {
  const inOrder = results.values();
  return steps.flatMap(({ entry, unknown, keys, event, folded, fault, answered, silent }) => {
    const result = folded ? inOrder.next().value : undefined;
    if (folded && event && result === 'answered') {
      for (const effect of folded.effects) keep(held.get(effect.key)!, effect, event);
      return [];
    }
    const waits = !unknown && parked.waits(entry, keys);
    parked.block({ unknown, keys });
    const thrown = typeof result === 'object' ? result.fault : fault;
    const aside = {
      unknown,
      fault: waits || thrown === undefined ? null : classOf(thrown),
      answered: typeof result === 'object' ? result.index : answered,
      silent,
    };
    return keys.map((key) => causeOf(entry, { ...aside, key }));
  });
};
