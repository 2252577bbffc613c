import { installTimers, VirtualClock } from '../runner/virtual-clock';

/** The database answers in real time: the conductor waits for it on this one. */
const real = { setTimeout: globalThis.setTimeout, setImmediate: globalThis.setImmediate };

export const realPause = (ms: number): Promise<void> => new Promise((resolve) => void real.setTimeout(resolve, ms));

/** Everything that goes by promises alone has settled then. */
export const quiet = async (): Promise<void> => {
  for (let turn = 0; turn < 4; turn += 1) await new Promise<void>((resolve) => void real.setImmediate(resolve));
};

const EPOCH = Date.UTC(2026, 2, 1);

/** Time of one schedule: it moves only when the conductor says so, and its calendar may jump. */
export class ScheduleClock extends VirtualClock {
  private jumped = 0;

  /** What a clock on the wall shows, the database's, too. */
  wall(): number {
    return EPOCH + this.now + this.jumped;
  }

  jump(ms: number): void {
    this.jumped += ms;
  }
}

/** Whose time and chance the runtime's own timers, dates and back-offs go by; one schedule at a time in a process. */
const current: { time: ScheduleClock; random: () => number } = { time: new ScheduleClock(), random: () => 0.5 };

export const useClock = (time: ScheduleClock, random: () => number): void => void Object.assign(current, { time, random });

/** For a process that plays schedules and does nothing else. */
export const installScheduleClock = (): void => {
  installTimers(() => current.time, { intervals: false });
  Date.now = () => current.time.wall();
  performance.now = () => current.time.now;
  Math.random = () => current.random();
};
