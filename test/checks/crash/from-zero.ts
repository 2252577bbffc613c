import type { Instant } from '#kernel/id';
import { commandIdOf, dueKey } from '#read-store/processes/command-ids';
import { describeFault } from '#read-store/checkpoints/consumer';
import { dumpReadModels } from '#read-store/certificates/dump';
import type { CommandIds } from '#read-store/processes/command-queue';
import { dropSchema } from '#read-store/certificates/rebuild-from-zero';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { READ_SCHEMA } from '#read-store/tables/table-names';
import { processes } from '#application/processes/processes';
import { SYSTEM } from '#application/process-commands';
import type { SentCommand } from '#domain/catalogue';
import type { MemberId, NetworkId } from '#domain/ids';
import { readModels } from '#projections/read-models';
import type { Installation } from '#apps/installation/installation';
import { collected, differencesOf, dumpBesides } from '../runner/differences';
import type { History } from './history';

const SCHEMA = 'check_zero';

export interface Ordered {
  readonly order: SentCommand;
  readonly ids: CommandIds;
}

export interface FromZero {
  /** Lines of read models, processes' rows, due times and texts that the running installation does not have, or has besides. */
  readonly differences: readonly string[];
  /** Every command that processes order on this log; none is executed. Null where the log could not be folded. */
  readonly orders: readonly Ordered[] | null;
}

/** Folds the whole log anew, projections and processes, into tables of their own, and compares. */
export const foldFromZero = async ({ log, codec, pool, clock }: Installation): Promise<FromZero> => {
  const orders: Ordered[] = [];
  const execute = (order: SentCommand, ids: CommandIds): Promise<'done'> => {
    orders.push({ order, ids });
    return Promise.resolve('done');
  };
  await dropSchema(pool, SCHEMA);
  try {
    const ask = (): Promise<readonly string[]> => Promise.resolve([]);
    const runtime = await startRuntime({ log, codec, pool, clock, readModels, processes, execute, ask, schema: SCHEMA, mode: 'driven' });
    await runtime.drain();
    const dump = async (schema: string): Promise<readonly string[]> => [
      ...(await collected(dumpReadModels(pool, readModels, schema))),
      ...(await dumpBesides(pool, schema)),
    ];
    return { orders, differences: differencesOf(await dump(READ_SCHEMA), await dump(SCHEMA), ['the live tables', 'those from zero']) };
  } catch (fault) {
    return { orders: null, differences: [`it cannot be folded from zero: ${describeFault(fault)}`] };
  } finally {
    await dropSchema(pool, SCHEMA);
  }
};

/** What the clock ordered: ends of pauses, the one window short enough to end in a run. */
export const orderedByTheClock = ({ lines }: History): readonly string[] =>
  lines.flatMap(({ event }) =>
    event.type === 'MemberPaused'
      ? [commandIdOf(dueKey({ key: event.data.memberId, name: 'pause', at: event.data.until }), 'reciprocity', 0)]
      : [],
  );

/**
 * Orders that undo or repeat each other as things change: one that had nothing to do in its moment may have something to do now,
 * so that only the rows of their processes tell whether they were given.
 */
const PASSING: ReadonlySet<SentCommand['type']> = new Set(['LoseReciprocity', 'RestoreReciprocity']);

/** A settled log: no order of a process that left no trace would write something if it were given now. */
export const unsettled = async (
  { application }: Installation,
  { byCommand }: History,
  orders: readonly Ordered[],
): Promise<readonly string[]> => {
  const found: string[] = [];
  for (const { order, ids } of orders) {
    if (byCommand.has(ids.commandId) || PASSING.has(order.type)) continue;
    const envelope = { ...ids, networkId: ids.network as NetworkId, by: { ...SYSTEM, id: SYSTEM.id as MemberId } };
    const { refusal, eventTypes } = await application.dispatcher.judge(order, envelope);
    if (!refusal && eventTypes.length > 0) found.push(`not carried out: ${order.type} after event ${ids.causationId}`);
  }
  return found;
};

/** The next moment that a process waits for. */
export const nextDue = async ({ pool }: Installation): Promise<Instant | null> =>
  (await pool.query<{ next: Instant | null }>(`select min(at) as next from ${READ_SCHEMA}.due`)).rows[0]?.next ?? null;
