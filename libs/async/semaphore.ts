interface Waiting {
  readonly size: number;
  readonly go: () => void;
}

/** Lets so much be under way at once, in tasks, bytes or what else has a size; first come, first served. */
export class Semaphore {
  private inside = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly limit: number) {}

  /** Whoever gives up waiting is let in at once, and must not use it. @returns how to leave */
  async enter(size: number, givenUp?: Pick<AbortController, 'signal'>): Promise<() => void> {
    if (this.waiting.size > 0 || (this.inside > 0 && this.inside + size > this.limit)) await this.wait(size, givenUp?.signal);
    else this.inside += size;
    return () => {
      this.inside -= size;
      this.callNext();
    };
  }

  private wait(size: number, givenUp: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        size,
        go: () => {
          this.waiting.delete(waiting);
          this.inside += size;
          givenUp?.removeEventListener('abort', waiting.go);
          resolve();
        },
      };
      this.waiting.add(waiting);
      givenUp?.addEventListener('abort', waiting.go);
    });
  }

  private callNext(): void {
    for (const { size, go } of [...this.waiting]) {
      if (this.inside > 0 && this.inside + size > this.limit) return;
      go();
    }
  }
}
