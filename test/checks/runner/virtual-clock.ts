interface Timer {
  due: number;
  readonly every: number | undefined;
  readonly run: () => void;
}

/** What `setTimeout` answers, as far as anybody here uses it. */
class Handle {
  constructor(
    private readonly clock: VirtualClock,
    private readonly timer: Timer,
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
    this.close();
    this.clock.set(this.timer, this.ms);
    return this;
  }

  close(): this {
    this.clock.clear(this.timer);
    return this;
  }

  [Symbol.dispose](): void {
    this.close();
  }
}

/** Time that passes only when somebody says so, to the next timer: how far that is can be asked first, which no fake timers tell. */
export class VirtualClock {
  /** Milliseconds since its beginning. */
  now = 0;
  private readonly timers = new Set<Timer>();

  /** @returns how to call it off */
  after(ms: number, run: () => void): () => void {
    const timer: Timer = { due: 0, every: undefined, run };
    this.set(timer, ms);
    return () => this.clear(timer);
  }

  pause(ms: number): Promise<void> {
    return new Promise((resolve) => void this.after(ms, resolve));
  }

  set(timer: Timer, ms: number): void {
    timer.due = this.now + ms;
    this.timers.add(timer);
  }

  clear(timer: Timer): void {
    this.timers.delete(timer);
  }

  /** When the next timer is due; Infinity: there is none. */
  next(): number {
    let next = Infinity;
    for (const { due } of this.timers) if (due < next) next = due;
    return next;
  }

  /** To the next timer, if it lies within so many milliseconds; of several at once the one that was set first. False: there is none. */
  pass(within = Infinity): boolean {
    const [next] = this.moved(within);
    if (next !== undefined) this.run(next);
    return next !== undefined;
  }

  /** The same with all timers of that moment. */
  passAll(within: number): boolean {
    const due = this.moved(within);
    for (const timer of due) if (this.timers.has(timer)) this.run(timer);
    return due.length > 0;
  }

  handle(run: () => void, ms: number, repeats: boolean): Handle {
    const length = Math.max(1, ms);
    const timer: Timer = { due: 0, every: repeats ? length : undefined, run };
    this.set(timer, length);
    return new Handle(this, timer, length);
  }

  private moved(within: number): readonly Timer[] {
    const next = this.next();
    if (next === Infinity || next > this.now + within) return [];
    this.now = Math.max(this.now, next);
    return [...this.timers].filter(({ due }) => due <= this.now);
  }

  private run(timer: Timer): void {
    this.clear(timer);
    if (timer.every !== undefined) this.set(timer, timer.every);
    timer.run();
  }
}

/** From now on the timers of this process go by the clock that is answered; intervals as well, or they stay real. */
export const installTimers = (clock: () => VirtualClock, { intervals }: { readonly intervals: boolean }): void => {
  const start =
    (repeats: boolean) =>
    (run: (...given: unknown[]) => void, ms = 0, ...given: unknown[]): Handle =>
      clock().handle(() => run(...given), ms, repeats);
  const stop = (handle: unknown): void => void (handle instanceof Handle && handle.close());
  Object.assign(globalThis, { setTimeout: start(false), clearTimeout: stop });
  if (intervals) Object.assign(globalThis, { setInterval: start(true), clearInterval: stop });
};
