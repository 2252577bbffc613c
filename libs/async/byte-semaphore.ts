interface Waiting {
  readonly bytes: number;
  readonly go: () => void;
}

/** Lets so many bytes be under way at once; first come, first served. */
export class ByteSemaphore {
  private inside = 0;
  private readonly waiting = new Set<Waiting>();

  constructor(private readonly limit: number) {}

  /** Whoever gives up waiting is let in at once, and must not use it. @returns how to leave */
  async enter(bytes: number, givenUp: Pick<AbortController, 'signal'>): Promise<() => void> {
    if (this.waiting.size > 0 || (this.inside > 0 && this.inside + bytes > this.limit)) await this.wait(bytes, givenUp.signal);
    this.inside += bytes;
    return () => {
      this.inside -= bytes;
      this.callNext();
    };
  }

  private wait(bytes: number, givenUp: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const waiting: Waiting = {
        bytes,
        go: () => {
          this.waiting.delete(waiting);
          givenUp.removeEventListener('abort', waiting.go);
          resolve();
        },
      };
      this.waiting.add(waiting);
      givenUp.addEventListener('abort', waiting.go);
    });
  }

  private callNext(): void {
    let coming = this.inside;
    for (const { bytes, go } of [...this.waiting]) {
      if (coming > 0 && coming + bytes > this.limit) return;
      coming += bytes;
      go();
    }
  }
}
