/** What `setTimeout` answers, as far as anybody here uses it. */
class Handle {
  constructor(
    private readonly time: PlayTime,
    readonly armed: Armed,
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

  close(): this {
    this.time.disarm(this.armed);
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

interface Armed {
  readonly due: number;
  readonly run: () => void;
}

/** The database answers in real time: the conductor waits for it on this one. */
const real = { setTimeout: globalThis.setTimeout, setImmediate: globalThis.setImmediate };

export const realPause = (ms: number): Promise<void> => new Promise((resolve) => void real.setTimeout(resolve, ms));

/** Everything that goes by promises alone has settled then. */
export const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise<void>((resolve) => void real.setImmediate(resolve));
};

const EPOCH = Date.UTC(2026, 2, 1);

/** Time of one schedule: it moves only when the conductor says so, and its calendar may jump. */
export class PlayTime {
  now = 0;
  private jumped = 0;
  private readonly armed = new Set<Armed>();

  /** What a clock on the wall shows, the database's, too. */
  wall(): number {
    return EPOCH + this.now + this.jumped;
  }

  jump(ms: number): void {
    this.jumped += ms;
  }

  after(ms: number, run: () => void): Armed {
    const armed = { due: this.now + Math.max(1, ms), run };
    this.armed.add(armed);
    return armed;
  }

  disarm(armed: Armed): void {
    this.armed.delete(armed);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  /** To the next timer, if it lies within so many milliseconds. False: there is none. */
  pass(within = Infinity): boolean {
    let next: Armed | undefined;
    for (const one of this.armed) if (next === undefined || one.due < next.due) next = one;
    if (next === undefined || next.due > this.now + within) return false;
    this.armed.delete(next);
    this.now = Math.max(this.now, next.due);
    next.run();
    return true;
  }

  handle(run: () => void, ms: number): Handle {
    return new Handle(this, this.after(ms, run));
  }
}

/** Whose time and chance the runtime's own timers, dates and back-offs go by; one schedule at a time in a process. */
const current: { time: PlayTime; random: () => number } = { time: new PlayTime(), random: () => 0.5 };

export const playBy = (time: PlayTime, random: () => number): void => void Object.assign(current, { time, random });

/** For a process that plays schedules and does nothing else. */
export const installPlayTime = (): void => {
  const setTimeout = (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Handle =>
    current.time.handle(() => run(...given), ms);
  const clearTimeout = (handle: unknown): void => void (handle instanceof Handle && handle.close());
  Object.assign(globalThis, { setTimeout, clearTimeout });
  Date.now = () => current.time.wall();
  performance.now = () => current.time.now;
  Math.random = () => current.random();
};
