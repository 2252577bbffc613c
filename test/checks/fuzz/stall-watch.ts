import { readFileSync } from 'node:fs';

/** Between two turns of the loop the thread computed for so long, and answered nobody. */
export interface Stall {
  /** Milliseconds since 1970, when it ended. */
  readonly until: number;
  /** Milliseconds of the thread's own processor time. */
  readonly computed: number;
}

const POLL_INTERVAL_MS = 20;

/**
 * Milliseconds that the main thread has had a processor: what a busy machine takes from it is no part. Elsewhere than on Linux only
 * the whole process's time is known, which is not less.
 */
export const computedSoFar = (): number => {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ', 1)[0]) / 1_000_000;
  } catch {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1_000;
  }
};

/** Watches this thread's loop: a turn that lasted longer, of which the thread itself computed longer than `boundMs`. Answers what there was since it was asked last. */
export const watchStalls = (boundMs: number): (() => readonly Stall[]) => {
  let stalls: Stall[] = [];
  let [last, computed] = [Date.now(), computedSoFar()];
  const look = (): void => {
    const [now, nowComputed] = [Date.now(), computedSoFar()];
    const inTurn = Math.min(now - last, nowComputed - computed);
    if (inTurn > boundMs) stalls.push({ until: now, computed: Math.round(inTurn) });
    [last, computed] = [now, nowComputed];
  };
  setInterval(look, POLL_INTERVAL_MS).unref();
  return () => {
    look();
    const told = stalls;
    stalls = [];
    return told;
  };
};
