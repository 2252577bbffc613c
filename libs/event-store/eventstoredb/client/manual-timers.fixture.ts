import type { Timers, Wait } from './timers';

interface Armed {
  readonly wait: Wait;
  readonly ms: number;
  readonly run: () => void;
}

const made = new Set<ManualTimers>();

/** After each test. */
export const releaseTimers = (): void => {
  for (const timers of made) timers.release();
  made.clear();
};

/** Waits that end when the test says so; those named in `atOnce` end by themselves, in the next turn. */
export class ManualTimers implements Timers {
  /** Every wait that ended, with its length. */
  readonly ended: { readonly wait: Wait; readonly ms: number }[] = [];
  private readonly armed = new Set<Armed>();
  private readonly hopes: { readonly wait: Wait; readonly take: (armed: Armed) => void }[] = [];

  private released = false;

  constructor(private readonly atOnce: readonly Wait[] = ['append back-off', 'read back-off', 'back-off']) {
    made.add(this);
  }

  after(ms: number, wait: Wait, run: () => void): () => void {
    const armed = { wait, ms, run };
    this.armed.add(armed);
    if (this.released || this.atOnce.includes(wait)) setImmediate(() => this.fire(armed));
    const index = this.hopes.findIndex((hope) => hope.wait === wait);
    if (index !== -1) this.hopes.splice(index, 1)[0]?.take(armed);
    return () => void this.armed.delete(armed);
  }

  random(): number {
    return 0.5;
  }

  /** Ends the oldest wait of this name, or the next one that begins. */
  async end(wait: Wait): Promise<void> {
    const oldest = [...this.armed].find((armed) => armed.wait === wait);
    this.fire(oldest ?? (await new Promise<Armed>((take) => this.hopes.push({ wait, take }))));
  }

  /** Every wait ends from now on: after a test that failed, nothing is left waiting. */
  release(): void {
    this.released = true;
    for (const armed of [...this.armed]) this.fire(armed);
  }

  private fire(armed: Armed): void {
    if (!this.armed.delete(armed)) return;
    this.ended.push({ wait: armed.wait, ms: armed.ms });
    armed.run();
  }
}
