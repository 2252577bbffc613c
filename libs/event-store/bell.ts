/** Wakes waiting readers. A ring between looking and waiting is not lost: `wait` takes the count seen before the look. */
export class Signal {
  private rings = 0;
  private readonly sleepers = new Set<() => void>();

  get count(): number {
    return this.rings;
  }

  ring(): void {
    this.rings += 1;
    for (const wake of [...this.sleepers]) wake();
  }

  /** Until the bell has rung since `seen`, `signal` aborts, or `atMostMs` have passed. */
  async wait(seen: number, signal: AbortSignal, atMostMs?: number): Promise<void> {
    if (this.rings !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.sleepers.delete(wake);
        resolve();
      };
      const timer = atMostMs === undefined ? undefined : setTimeout(wake, atMostMs);
      signal.addEventListener('abort', wake);
      this.sleepers.add(wake);
    });
  }
}
