/**
 * Wakes whoever waits for news. What is raised between looking and waiting is not lost: `wait` takes the count seen before the look.
 * @example const seen = signal.count; if (!(await look())) await signal.wait(seen, aborted);
 */
export class Signal {
  private raised = 0;
  private readonly waiting = new Set<() => void>();

  get count(): number {
    return this.raised;
  }

  raise(): void {
    this.raised += 1;
    for (const wake of [...this.waiting]) wake();
  }

  /** Until it was raised since `seen`, `aborted` aborts, or `atMostMs` have passed. */
  async wait(seen: number, aborted?: AbortSignal, atMostMs?: number): Promise<void> {
    if (this.raised !== seen || aborted?.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        aborted?.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = atMostMs === undefined ? undefined : setTimeout(wake, atMostMs);
      aborted?.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }

  /** Until it is raised next. */
  next(aborted: AbortSignal, atMostMs: number): Promise<void> {
    return this.wait(this.raised, aborted, atMostMs);
  }
}
