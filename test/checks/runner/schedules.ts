import type { SeededRandom } from '#apps/demo/seeded-random';
import type { CheckResult, CheckRun } from './check';

/** Something not right, by the name under which the check counts it. */
export interface Finding<Count extends string = string> {
  readonly count: Count;
  readonly what: string;
}

/** What came of one schedule. */
export interface Played {
  readonly findings: readonly Finding[];
  /** How much went on; none where it came to no end. */
  readonly figures: Readonly<Record<string, number>>;
}

export interface Report extends Played {
  readonly seed: number;
}

/** What one worker does. */
export interface Work {
  /** Shared with the other workers. */
  readonly seeds: IterableIterator<number, undefined>;
  readonly signal: AbortSignal;
  /** @returns whether to go on */
  readonly onReport: (report: Report) => boolean;
}

function* numbers(from: number, count: number): Generator<number, undefined> {
  for (let n = from; n < from + count; n += 1) yield n;
}

const TOLD_EVERY = 500;

export const severalOf = <T>(chance: SeededRandom, least: number, most: number, one: () => T): readonly T[] =>
  Array.from({ length: chance.whole(least, most) }, one);

/** Its kind, and by name whatever else was drawn for it. */
export const describeFault = ({ kind, ...how }: { readonly kind: string }): string =>
  [kind, ...Object.entries(how).map(([name, value]) => `${name} ${String(value)}`)].join(' ');

/** Plays `count` schedules on several workers, schedule `n` from `seed + n` alone, and tells how it goes. */
export const playAll = async (
  { seed, count, sizes, signal, progress }: CheckRun,
  tell: (seed: number) => string,
  workOff: (name: string, work: Work) => Promise<unknown>,
): Promise<readonly Report[]> => {
  const reports: Report[] = [];
  const seeds = numbers(seed, count);
  const onReport = (report: Report): boolean => {
    reports.push(report);
    if (report.findings.length > 0) progress(`${tell(report.seed)}: ${report.findings[0]?.what}`);
    if (reports.length % TOLD_EVERY === 0)
      progress(`${reports.length} of ${count} schedules, ${wrongOf(reports).length} of them not right`);
    return true;
  };
  const workers = Array.from({ length: Math.min(sizes['workers'] ?? 2, count) }, (_, n) => `w${n}`);
  await Promise.all(workers.map((name) => workOff(name, { seeds, signal, onReport })));
  return reports.sort((one, other) => one.seed - other.seed);
};

const wrongOf = (reports: readonly Report[]): readonly Report[] => reports.filter(({ findings }) => findings.length > 0);

export const sumOf = (reports: readonly Report[], figure: string): number =>
  reports.reduce((sum, { figures }) => sum + (figures[figure] ?? 0), 0);

/** Each kind of finding counted, those not right told with what they are. */
export const judged = (
  reports: readonly Report[],
  counts: readonly string[],
  tell: (seed: number) => string,
): Omit<CheckResult, 'figures'> => {
  const found = reports.flatMap(({ findings }) => findings);
  const wrong = wrongOf(reports);
  return {
    counts: Object.fromEntries(counts.map((name) => [name, found.filter(({ count }) => count === name).length])),
    findings: wrong.flatMap(({ seed, findings }) => [tell(seed), ...findings.slice(0, 3).map(({ count, what }) => `  ${count}: ${what}`)]),
    suspects: wrong.map(({ seed }) => seed),
  };
};
