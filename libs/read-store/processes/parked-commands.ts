import type { PoolClient } from 'pg';
import type { RecordedEvent } from '#event-store/codec.port';
import { distinct } from '../fold/fold';
import { raiseEpochs } from '../checkpoints/projection-table';
import { isNobodysOwn, type Task } from './command-queue';
import {
  causesOf,
  freeIfLast,
  keysOf,
  livingOf,
  lockLiving,
  noteFault,
  obstacleOf,
  takeOut,
  type Cause,
  type LivingProcess,
  type ParkedOrdersParts,
  type ParkedTurn,
} from './parked-causes';
import { entryOf, ParkedRefused, type RetryResult } from '../parked/parked-queue';
import { classOf } from '../fold/poison-policy';
import { foldEvent } from './process-fold';
import { keep, storeHeld, type HeldKey } from './process-rows';
import { park, type ParkedCause } from './process-parking';
import { inRetriedTransaction } from '#postgres/transaction';
import { DryRunDone } from '../tables/table-names';
import { settleDue, strike, type DueRow } from './deadlines';

interface Of {
  readonly name: string;
  readonly key?: string;
}

/**
 * Gives the orders of what a process set aside again, from the one that threw on, under the same command ids; each key in its order, up
 * to the next that throws. What was answered stays so, whatever comes after. @throws ParkedRefused, LogUnavailable
 */
export const retryOrders = async (parts: ParkedOrdersParts, of: Of): Promise<readonly RetryResult[]> => {
  const living = await livingOf(parts, of.name);
  const waiting = await causesOf(parts.pool, living, of);
  if (waiting.length === 0) throw new ParkedRefused('nothing-parked', `Nothing of ${of.name} is parked there`);
  const [first] = waiting;
  if (of.key !== undefined && !first!.unknown) await refuseBehind(parts, living, first!);
  if (parts.dryRun) throw new DryRunDone();
  const done: RetryResult[] = [];
  const keys: string[] = [];
  for (const stream of distinct(waiting.flatMap(({ unknown, key }) => (unknown ? [key] : [])))) {
    const named = await nameKeys(parts, living, stream);
    if (named.fault !== null) done.push(await told(parts, living, { key: stream, folded: 0, fault: named.fault }));
    keys.push(...named.keys);
  }
  keys.push(...waiting.flatMap(({ unknown, key }) => (unknown ? [] : [key])));
  for (const key of distinct(keys)) done.push(await drain(parts, living, key));
  return done;
};

/**
 * Gives up, for good, the orders of the first cause that waits under a key: its row still takes the event, where it can. Then goes on
 * with what waited behind. Whoever asks records who and why. @throws ParkedRefused
 */
export const skipOrders = async (
  parts: ParkedOrdersParts,
  { name, eventId, key }: Of & { readonly eventId: string },
): Promise<readonly RetryResult[]> => {
  const living = await livingOf(parts, name);
  const found = await causesOf(parts.pool, living, { eventId, ...(key === undefined ? {} : { key }) });
  const [cause] = found;
  if (!cause) throw new ParkedRefused('nothing-parked', `This event of ${name} is not parked there`);
  if (found.some(({ due, dueAt, unknown }) => due !== cause.due || dueAt !== cause.dueAt || unknown !== cause.unknown))
    throw new ParkedRefused('several-rows', `Several rows of ${name} lack this event: name one`);
  const keys = await keysOf(parts.pool, living, cause);
  if (key === undefined && !found.every((one) => keys.includes(one.key)))
    throw new ParkedRefused('several-rows', `Several rows of ${name} lack this event: name one`);
  await refuseBehind(parts, living, cause);
  if (parts.dryRun) throw new DryRunDone();
  await giveUp(parts, living, { cause, keys });
  const behind = cause.unknown ? await keysBehind(parts, living, cause.key) : keys;
  const done: RetryResult[] = [];
  for (const one of behind) done.push(await drain(parts, living, one));
  return done;
};

const refuseBehind = async ({ pool }: ParkedOrdersParts, living: LivingProcess, cause: Cause): Promise<void> => {
  const obstacle = await obstacleOf(pool, living, { cause, keys: await keysOf(pool, living, cause) });
  if (obstacle === 'unknown')
    throw new ParkedRefused('rows-unknown', `It waits behind an event of ${cause.stream} that could not be read: retry or skip that first`);
  if (obstacle === 'earlier') throw new ParkedRefused('not-first', `Another event of ${living.name} waits before this one there`);
};

/** One key's causes, one after the other, each for itself: what is answered must not be asked again where a later one throws. */
const drain = async (parts: ParkedOrdersParts, living: LivingProcess, key: string): Promise<RetryResult> => {
  let folded = 0;
  for (;;) {
    const [cause] = await causesOf(parts.pool, living, { key, limit: 1 });
    if (!cause || cause.unknown) return told(parts, living, { key, folded, fault: null });
    const keys = await keysOf(parts.pool, living, cause);
    if ((await obstacleOf(parts.pool, living, { cause, keys })) !== null) return told(parts, living, { key, folded, fault: null });
    const fault = await again(parts, living, { cause, keys });
    if (fault !== null) return told(parts, living, { key, folded, fault });
    folded += 1;
  }
};

const told = async (
  { pool }: ParkedOrdersParts,
  living: LivingProcess,
  { key, folded, fault }: { readonly key: string; readonly folded: number; readonly fault: string | null },
): Promise<RetryResult> => {
  const left = (await causesOf(pool, living, { key })).length;
  return { name: living.name, version: living.version, build: 1, key, folded, left, fault };
};

/** What a cause comes to now, and what is stored once its orders are answered. */
interface Outcome {
  readonly task: Task;
  readonly store: (client: PoolClient) => Promise<void>;
}

/** Null: its orders are answered, and it waits no more. Else the class of what threw. */
const again = async (parts: ParkedOrdersParts, living: LivingProcess, turn: ParkedTurn): Promise<string | null> => {
  let outcome: Outcome;
  try {
    outcome = turn.cause.due === '' ? await eventAgain(parts, living, turn) : await dueAgain(parts, living, turn);
  } catch (fault) {
    if (isNobodysOwn(fault)) throw fault;
    return failed(parts, living, { ...turn, fault, index: turn.cause.answered });
  }
  const [result] = await parts.orders.run([outcome.task], new AbortController().signal);
  if (typeof result === 'object') return failed(parts, living, { ...turn, ...result });
  await inRetriedTransaction(parts.pool, async (client) => {
    await lockLiving(client, living);
    await takeOut(client, living, { ...turn, as: 'done' });
    await outcome.store(client);
    await freeIfLast(client, living, turn.keys);
  });
  return null;
};

const failed = async (
  { pool }: ParkedOrdersParts,
  living: LivingProcess,
  { fault: thrown, index, ...turn }: ParkedTurn & { readonly fault: unknown; readonly index: number },
): Promise<string> => {
  const fault = classOf(thrown);
  await noteFault(pool, living, { ...turn, fault, answered: index });
  return fault;
};

/** The mended code may not name one of the keys any more: then there is nothing to do for it. */
const eventAgain = async (parts: ParkedOrdersParts, living: LivingProcess, { cause, keys }: ParkedTurn): Promise<Outcome> => {
  const event = (await entryOf(parts, cause)).event();
  const named = distinct(living.process.keys(event)).filter((key) => keys.includes(key));
  return folded(parts, living, { event, keys: named, silent: cause.silent, answered: cause.answered });
};

interface FoldedAgain {
  readonly event: RecordedEvent;
  readonly keys: readonly string[];
  readonly silent: boolean;
  readonly answered: number;
}

/** On the rows as they stood when it was parked: nobody moves them while it waits. */
const folded = async ({ pool }: ParkedOrdersParts, living: LivingProcess, { event, ...how }: FoldedAgain): Promise<Outcome> => {
  const held = await heldNow(pool, living, how.keys);
  const { effects, task } = foldEvent(living.process, event, { ...how, rowOf: (key) => held.get(key)?.row });
  for (const effect of effects) keep(held.get(effect.key)!, effect, event);
  return { task, store: (client) => storeHeld(client, living.tables, { at: living, held }) };
};

const heldNow = async (
  pool: ParkedOrdersParts['pool'],
  { tables, id }: LivingProcess,
  keys: readonly string[],
): Promise<ReadonlyMap<string, HeldKey>> => {
  const { rows } = await pool.query<{ key: string; row: string }>(
    `select key, row from ${tables.processRow} where process = $1 and key = any($2)`,
    [id, keys],
  );
  return new Map(
    keys.map((key) => {
      const before = rows.find((one) => one.key === key)?.row ?? null;
      return [key, { row: before === null ? null : JSON.parse(before), before, cleared: false, dues: new Map() }];
    }),
  );
};

const dueAgain = async (parts: ParkedOrdersParts, living: LivingProcess, { cause }: ParkedTurn, silent = false): Promise<Outcome> => {
  const row = await dueRowOf(parts, living, cause);
  if (row === null) return { task: { process: living.process.name, keys: [cause.key], orders: [] }, store: async () => undefined };
  const { task, next } = await strike(living.process, { ...row, silent }, { now: parts.clock.now(), ask: parts.ask });
  return { task, store: (client) => settleDue(client, living.tables, row, next) };
};

const dueRowOf = async ({ pool }: ParkedOrdersParts, { tables, id }: LivingProcess, cause: Cause): Promise<DueRow | null> => {
  const { rows } = await pool.query<Omit<DueRow, 'answered' | 'silent'>>(
    `select d.*, r.row from ${tables.due} d left join ${tables.processRow} r on r.process = d.process and r.key = d.key
     where d.process = $1 and d.key = $2 and d.name = $3 and d.at = $4`,
    [id, cause.key, cause.due, cause.dueAt],
  );
  return rows[0] ? { ...rows[0], answered: cause.answered, silent: false } : null;
};

/** Without its orders; a row that cannot take the event goes on without it. */
const giveUp = async (parts: ParkedOrdersParts, living: LivingProcess, turn: ParkedTurn): Promise<void> => {
  const outcome = await withoutOrders(parts, living, turn);
  await inRetriedTransaction(parts.pool, async (client) => {
    await lockLiving(client, living);
    await takeOut(client, living, { ...turn, as: 'skipped' });
    await outcome(client);
    await freeIfLast(client, living, turn.keys);
  });
};

const withoutOrders = async (parts: ParkedOrdersParts, living: LivingProcess, turn: ParkedTurn): Promise<Outcome['store']> => {
  const { cause } = turn;
  try {
    if (cause.due !== '') return (await dueAgain(parts, living, turn, true)).store;
    if (cause.unknown) return async () => undefined;
    const silently = { ...turn, cause: { ...cause, silent: true } };
    return (await eventAgain(parts, living, silently)).store;
  } catch (fault) {
    if (isNobodysOwn(fault)) throw fault;
    const row = cause.due === '' ? null : await dueRowOf(parts, living, cause);
    return async (client) => void (row && (await settleDue(client, living.tables, row, {})));
  }
};

/**
 * Events whose keys nobody could tell wait under their keys from now on, as far as the mended code can tell them. Others that concern
 * these keys were folded meanwhile, but for those of the same stream: the deciders judge what it orders. Answers all keys that may go on.
 */
const nameKeys = async (
  parts: ParkedOrdersParts,
  living: LivingProcess,
  stream: string,
): Promise<{ readonly keys: readonly string[]; readonly fault: string | null }> => {
  const named: string[] = [];
  for (const cause of (await causesOf(parts.pool, living, { key: stream })).filter(({ unknown }) => unknown)) {
    try {
      const { stored, event } = await entryOf(parts, cause);
      const keys = distinct(living.process.keys(event()));
      const { position, eventId, type, revision } = stored;
      const { answered, silent } = cause;
      const parked = keys.map((key): ParkedCause => {
        return { unknown: false, key, position, eventId, type, stream, revision, fault: null, answered, silent, due: null };
      });
      await inRetriedTransaction(parts.pool, async (client) => {
        await lockLiving(client, living);
        await takeOut(client, living, { cause, keys: [stream], as: 'done' });
        await park(client, living.tables, living.id, parked);
        await raiseEpochs(client, living.tables, [living.id]);
      });
      named.push(...keys);
    } catch (fault) {
      if (isNobodysOwn(fault) || fault instanceof ParkedRefused) throw fault;
      return { keys: named, fault: await failed(parts, living, { cause, keys: [stream], fault, index: cause.answered }) };
    }
  }
  return { keys: [...named, ...(await keysBehind(parts, living, stream))], fault: null };
};

/** Keys whose first cause is an event of this stream. */
const keysBehind = async ({ pool }: ParkedOrdersParts, living: LivingProcess, stream: string): Promise<readonly string[]> => {
  const firsts = new Map<string, Cause>();
  for (const cause of await causesOf(pool, living)) if (!cause.unknown && !firsts.has(cause.key)) firsts.set(cause.key, cause);
  return [...firsts.values()].filter((cause) => cause.stream === stream).map(({ key }) => key);
};
