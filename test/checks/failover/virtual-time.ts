import { performance } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock } from './clock';

/** Turns of the event loop in which no socket said anything: then everything under way has arrived, and time may pass. */
const QUIET_TURNS = 5;
/** Before a long time passes (watchdogs, deadlines), a busy machine gets a moment to deliver what it has in hand. */
const LONG_MS = 1000;
const TIMEOUT_MS = 2;
/** So many turns without a pause, and so long: somebody asks again and again, and never rests. Turns alone say little on a busy machine. */
const RESTLESS_TURNS = 10_000;
const RESTLESS_MS = 20_000;

interface Armed {
  due: number;
  readonly every: number | undefined;
  readonly run: () => void;
}

/** What `setTimeout` answers, as far as anybody here uses it. */
class Handle {
  constructor(
    private readonly time: VirtualTime,
    readonly armed: Armed,
    private readonly ms: number,
  ) {}

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.time.disarm(this.armed);
    this.time.arm(this.armed, this.ms);
    return this;
  }

  close(): this {
    this.time.disarm(this.armed);
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

export class Stuck extends Error {}

/**
 * Time of a process whose servers and clients all live in it: it stands still while anything is under way on a socket, and jumps to
 * the next timer when all is quiet. So a schedule of minutes takes milliseconds, and no wait ends because the machine is slow.
 * Dates stay real: whoever makes a deadline from one asks for a timer of that length in the same moment.
 */
export class VirtualTime implements Clock {
  now = 0;
  private readonly armed = new Set<Armed>();

  /** @returns how to give the real timers back */
  install(): () => void {
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis;
    const start =
      (repeats: boolean) =>
      (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Handle => {
        const length = Math.max(1, ms);
        const armed: Armed = { due: 0, every: repeats ? length : undefined, run: () => run(...given) };
        this.arm(armed, length);
        return new Handle(this, armed, length);
      };
    const stop = (handle: unknown): void => void (handle instanceof Handle && handle.close());
    Object.assign(globalThis, { setTimeout: start(false), clearTimeout: stop, setInterval: start(true), clearInterval: stop });
    return () => void Object.assign(globalThis, { setTimeout, clearTimeout, setInterval, clearInterval });
  }

  /** @returns how to call it off */
  after(ms: number, run: () => void): () => void {
    const armed: Armed = { due: 0, every: undefined, run };
    this.arm(armed, ms);
    return () => this.disarm(armed);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  arm(armed: Armed, ms: number): void {
    armed.due = this.now + ms;
    this.armed.add(armed);
  }

  disarm(armed: Armed): void {
    this.armed.delete(armed);
  }

  /** Lets time pass until `work` settles. @throws Stuck where it does not within `limitMs`, or where nobody ever rests */
  async until<T>(work: Promise<T>, limitMs: number): Promise<T> {
    let settled = false;
    const settle = (): void => void (settled = true);
    work.then(settle, settle);
    const limit = this.now + limitMs;
    let [quiet, turns, seen, since] = [0, 0, -1, performance.now()];
    let patient = false;
    for (;;) {
      await new Promise<void>(setImmediate);
      if (settled) return work;
      const { events } = performance.nodeTiming.uvMetricsInfo;
      quiet = events === seen ? quiet + 1 : 0;
      seen = events;
      turns += 1;
      if (turns > RESTLESS_TURNS && performance.now() - since > RESTLESS_MS)
        throw new Stuck('somebody asks again and again without a pause');
      if (quiet < QUIET_TURNS) continue;
      if (!patient && this.next() - this.now >= LONG_MS) {
        patient = true;
        await sleep(TIMEOUT_MS);
        quiet = 0;
        continue;
      }
      patient = false;
      if (!this.jump(limit)) throw new Stuck(`not over after ${limitMs} ms`);
      [quiet, turns, since] = [0, 0, performance.now()];
    }
  }

  private next(): number {
    let next = Infinity;
    for (const { due } of this.armed) if (due < next) next = due;
    return next;
  }

  /** To the next timer, and what is due with it. */
  private jump(limit: number): boolean {
    const next = this.next();
    if (next > limit) return false;
    this.now = Math.max(this.now, next);
    for (const armed of [...this.armed]) {
      if (armed.due > this.now || !this.armed.delete(armed)) continue;
      if (armed.every !== undefined) this.arm(armed, armed.every);
      armed.run();
    }
    return true;
  }
}
