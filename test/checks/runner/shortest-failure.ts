import { failedCounts, type Check, type CheckRun } from './check';

type Schedule = Pick<CheckRun, 'seed' | 'count'>;

const optionsOf = ({ seed, count, log, sizes }: CheckRun): string =>
  [`--seed ${seed}`, `--count ${count}`, ...Object.entries(sizes).map(([name, size]) => `--${name} ${size}`), `--log ${log}`].join(' ');

/** Step `n` of a schedule is made from `seed + n` alone, so each half of one is a schedule of its own. */
const halves = ({ seed, count }: Schedule): readonly Schedule[] => {
  const first = Math.floor(count / 2);
  return [
    { seed, count: first },
    { seed: seed + first, count: count - first },
  ];
};

const SUSPECTS_TRIED = 5;

/** The step of one of the first suspects, where it fails on its own too. */
const aSuspect = async (check: Check, run: CheckRun, suspects: readonly number[]): Promise<CheckRun | null> => {
  for (const seed of suspects.slice(0, SUSPECTS_TRIED)) {
    const alone = { ...run, seed, count: 1 };
    if (run.signal.aborted) return null;
    run.progress(`looking for a shorter schedule: ${optionsOf(alone)}`);
    if (failedCounts(await check.run(alone)).length > 0) return alone;
  }
  return null;
};

/** Halves a schedule that failed for as long as a half fails too; what depends on the machine's timing may not fail again. */
export const shortestFailure = async (check: Check, run: CheckRun, suspects: readonly number[] = []): Promise<string> => {
  let failing = (await aSuspect(check, run, suspects)) ?? run;
  while (failing.count > 1 && !run.signal.aborted) {
    const shorter = await firstFailing(check, failing);
    if (!shorter) break;
    failing = shorter;
  }
  return optionsOf(failing);
};

const firstFailing = async (check: Check, failing: CheckRun): Promise<CheckRun | null> => {
  for (const half of halves(failing)) {
    const shorter = { ...failing, ...half };
    failing.progress(`looking for a shorter schedule: ${optionsOf(shorter)}`);
    if (failedCounts(await check.run(shorter)).length > 0) return shorter;
    if (failing.signal.aborted) return null;
  }
  return null;
};
