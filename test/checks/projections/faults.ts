import type { FaultMoment, PlannedFault } from './schedule';

/** The faults of one schedule, each at its moment, once. */
export class FaultInjector {
  struck = 0;
  private healed = false;
  private readonly counted = new Map<string, number>();

  constructor(private readonly all: readonly PlannedFault[]) {}

  /** Counts one moment of a worker, and answers what strikes then. */
  at(worker: number, on: FaultMoment): PlannedFault | undefined {
    const name = `${worker} ${on}`;
    const n = (this.counted.get(name) ?? 0) + 1;
    this.counted.set(name, n);
    if (this.healed) return undefined;
    const strike = this.all.find((one) => one.worker === worker && one.on === on && one.n === n);
    if (strike !== undefined) this.struck += 1;
    return strike;
  }

  /** From here on nothing goes wrong any more. */
  heal(): void {
    this.healed = true;
  }
}
