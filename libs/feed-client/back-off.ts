/** How long to wait before trying again: twice as long each time, up to a most, and never all at the same moment. */
export class BackOff {
  private attempts = 0;

  constructor(
    private readonly leastMs: number,
    private readonly mostMs: number,
    private readonly chance: () => number = Math.random,
  ) {}

  next(): number {
    const ceiling = Math.min(this.leastMs * 2 ** this.attempts, this.mostMs);
    this.attempts += 1;
    return ceiling * (0.5 + this.chance() / 2);
  }

  reset(): void {
    this.attempts = 0;
  }
}
