import type { CheckResult, CheckRun } from './check';

/** What came of one schedule. */
interface Report {
  readonly seed: number;
  readonly findings: readonly { readonly count: string; readonly what: string }[];
}

function* numbers(from: number, count: number): Generator<number, undefined> {
  for (let n = from; n < from + count; n += 1) yield n;
}

const TOLD_EVERY = 500;

/** Plays `count` schedules on several workers, schedule `n` from `seed + n` alone, and tells how it goes. */
export const playAll = async <One extends Report>(
  { seed, count, sizes, progress }: Pick<CheckRun, 'seed' | 'count' | 'sizes' | 'progress'>,
  tell: (seed: number) => string,
  work: (name: string, seeds: Generator<number, undefined>, onReport: (report: One) => boolean) => Promise<unknown>,
): Promise<readonly One[]> => {
  const reports: One[] = [];
  const seeds = numbers(seed, count);
  const onReport = (report: One): boolean => {
    reports.push(report);
    if (report.findings.length > 0) progress(`${tell(report.seed)}: ${report.findings[0]?.what}`);
    if (reports.length % TOLD_EVERY === 0)
      progress(`${reports.length} of ${count} schedules, ${wrongOf(reports).length} of them not right`);
    return true;
  };
  const crew = Array.from({ length: Math.min(sizes['workers'] ?? 2, count) }, (_, n) => `w${n}`);
  await Promise.all(crew.map((name) => work(name, seeds, onReport)));
  return reports.sort((one, other) => one.seed - other.seed);
};

const wrongOf = <One extends Report>(reports: readonly One[]): readonly One[] => reports.filter(({ findings }) => findings.length > 0);

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
