import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { START, type Position } from '#event-store/log.port';
import { toPosition } from '#event-store/position';
import { createRebuildThrottle } from './rebuild-throttle';

/** An endless log, and builds that serve, at its head or behind it. */
const machine = () => {
  const [head, behind] = [toPosition(9), toPosition(5)];
  const state: { head: Position; least: Position; looks: number; given: number } = { head, least: head, looks: 0, given: 0 };
  const log = {
    head: async () => state.head,
    subscribe: async function* ({ signal }: { readonly signal: AbortSignal }) {
      for (let n = 1; !signal.aborted; n += 1) {
        yield { kind: 'caught-up', position: toPosition(n) } as const;
        await sleep(5);
      }
    },
  };
  const query = async () => {
    state.looks += 1;
    return { rows: [{ position: state.least, paused: false, stillMs: 0 }] };
  };
  const stop = new AbortController();
  const { source, shouldThrottle } = createRebuildThrottle({ log: log as never, pool: { query } as unknown as Pool, schema: 'read' });
  const reading = (async () => {
    for await (const _ of source({ after: START, signal: stop.signal })) state.given += 1;
  })();
  /** Whether something is given within so many looks at those that serve. */
  const givesWithin = async (looks: number): Promise<boolean> => {
    const { given, looks: before } = state;
    while (state.given === given && state.looks < before + looks) await sleep(10);
    return state.given > given;
  };
  const comesToWait = async (): Promise<boolean> => {
    for (let gifts = 0; gifts < 1_000; gifts += 1) if (!(await givesWithin(3))) return true;
    return false;
  };
  const write = (): void => void (state.head = state.least = toPosition(Number(state.head) + 1));
  /** At each look one more was written, and those that serve stand before it. */
  const writeOn = (): void => {
    log.head = async () => {
      [state.least, state.head] = [state.head, toPosition(Number(state.head) + 1)];
      return state.head;
    };
  };
  /** Whether it comes to that within so many looks. */
  const comesTo = async (gives: boolean): Promise<boolean> => {
    for (const until = state.looks + 40; shouldThrottle() !== gives && state.looks < until;) await sleep(10);
    return shouldThrottle() === gives;
  };
  const end = async (): Promise<void> => {
    stop.abort();
    await reading;
  };
  return {
    serve: (how: 'at the head' | 'behind'): void => void (state.least = how === 'behind' ? behind : head),
    write,
    writeOn,
    looks: () => state.looks,
    givesWithin,
    comesToWait,
    comesTo,
    shouldThrottle,
    end,
  };
};

describe('the log for builds that nobody reads', () => {
  it('waits while those that serve are behind, not for good, and goes on at once when they are not', async () => {
    const { serve, givesWithin, comesToWait, end } = machine();
    expect(await givesWithin(2)).toBe(true);
    serve('behind');
    expect(await comesToWait()).toBe(true);
    expect(await givesWithin(100)).toBe(true); // where a projection stands still for good, a rebuild is what may help
    expect(await comesToWait()).toBe(true);
    serve('at the head');
    expect(await givesWithin(3)).toBe(true);
    expect(await givesWithin(3)).toBe(true);
    await end();
  }, 30_000);

  it('does not wait for those that follow closely while people write', async () => {
    const { writeOn, givesWithin, shouldThrottle, looks, end } = machine();
    writeOn();
    for (const until = looks() + 12; looks() < until;) expect(await givesWithin(3)).toBe(true);
    expect(shouldThrottle()).toBe(true);
    await end();
  }, 30_000);

  it('gives way to those who write, and no longer than they do', async () => {
    const { write, givesWithin, shouldThrottle, comesTo, end } = machine();
    await givesWithin(2);
    expect(shouldThrottle()).toBe(false);
    for (let more = 0; more < 2; more += 1) {
      write();
      expect(await comesTo(true)).toBe(true);
      expect(await comesTo(false)).toBe(true);
    }
    await end();
  }, 30_000);

  it('flushes what was written each quarter of a MiB, by a commit as a command makes it, before more is written', async () => {
    const flushed: string[] = [];
    let answer = (): void => undefined;
    const query = (sql: string) => new Promise<void>((resolve) => (flushed.push(sql), (answer = resolve)));
    const { pace } = createRebuildThrottle({ log: {} as never, pool: { query } as unknown as Pool, schema: 'read' });
    for (let piece = 0; piece < 3; piece += 1) await pace(64 * 1024);
    expect(flushed).toEqual([]);
    let goesOn = false;
    const paced = pace(64 * 1024).then(() => (goesOn = true));
    await sleep(5);
    expect([flushed.length, goesOn]).toEqual([1, false]);
    answer();
    await paced;
    await pace(64 * 1024);
    expect(flushed).toHaveLength(1);
  });

  it('ends at once when asked to, also while it waits', async () => {
    const { serve, comesToWait, end } = machine();
    serve('behind');
    expect(await comesToWait()).toBe(true);
    await end();
  }, 30_000);
});
