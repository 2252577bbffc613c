import {
  LogUnavailable,
  type AllRead,
  type EventLog,
  type LogFilter,
  type Position,
  type StoredEvent,
  type SubscriptionItem,
} from '#event-store/log.port';
import { MemoryLog } from '#event-store/memory/memory-log';
import type { Actor, Conductor } from './conductor';
import { Gone } from './conductor';
import type { FaultInjector } from './faults';

/** Of every schedule: tables that one log has filled refuse another. */
export const LOG_ID = '00000000-0000-4000-8000-00000000c4ec';

export class SharedLog extends MemoryLog {
  override async logId(): Promise<string> {
    return LOG_ID;
  }
}

interface FaultyLogParts {
  readonly actor: Actor;
  readonly worker: number;
  readonly conductor: Conductor;
  readonly injector: FaultInjector;
  readonly onCrash: (downMs: number) => Promise<void>;
}

interface From {
  readonly after: Position;
  readonly filter?: LogFilter;
  readonly signal: AbortSignal;
}

/** Those given last, to be given again. */
const KEPT = 8;

/** The log as one worker sees it: each item is a turn, and it may end, go away, or give again what it gave. */
export const faultyLog = (shared: SharedLog, giving: FaultyLogParts): EventLog => {
  async function* disturbed<Item>(items: AsyncIterable<Item>, signal?: AbortSignal): AsyncGenerator<Item> {
    const given: Item[] = [];
    for await (const item of items) {
      if (!(await turnOf(giving, signal))) return;
      const again = await struck(giving);
      // A subscription may just end; a read that ends before its end would be a log's bug.
      if (again === 'end' && signal !== undefined) return;
      if (again === 'end') throw new LogUnavailable('the log went away', false);
      for (const one of given.slice(given.length - again)) yield one;
      given.push(item);
      if (given.length > KEPT) given.shift();
      yield item;
    }
  }
  return {
    logId: () => shared.logId(),
    append: (...given) => shared.append(...given),
    readStream: (...given) => shared.readStream(...given),
    readAll: (read: AllRead): AsyncIterable<StoredEvent> => disturbed(shared.readAll(read)),
    subscribe: (from: From): AsyncIterable<SubscriptionItem> => disturbed(shared.subscribe(from), from.signal),
    head: () => shared.head(),
    close: () => Promise.resolve(),
  };
};

/** False: aborted while waiting. */
const turnOf = async ({ conductor, actor }: FaultyLogParts, signal: AbortSignal | undefined): Promise<boolean> => {
  if (signal === undefined) return conductor.turn(actor, 'item').then(() => true);
  if (signal.aborted) return false;
  let stop: () => void = () => undefined;
  const aborted = new Promise<boolean>((resolve) => (stop = () => resolve(false)));
  signal.addEventListener('abort', stop, { once: true });
  const turn = conductor.turn(actor, 'item').then(() => !signal.aborted);
  turn.catch(() => undefined); // an aborted reader is gone before its turn
  return Promise.race([turn, aborted]).finally(() => signal.removeEventListener('abort', stop));
};

/** How many of the last are given again; or the end. @throws LogUnavailable, Gone */
const struck = async ({ injector, worker, onCrash }: FaultyLogParts): Promise<number | 'end'> => {
  const strike = injector.at(worker, 'item');
  if (strike === undefined) return 0;
  const { fault } = strike;
  if (fault.kind === 'repeat') return fault.events;
  if (fault.kind === 'end') return 'end';
  if (fault.kind === 'away') throw new LogUnavailable('the log went away', false);
  if (fault.kind !== 'crash') return 0;
  await onCrash(fault.downMs);
  throw new Gone();
};
