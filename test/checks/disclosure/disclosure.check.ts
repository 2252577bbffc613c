import { setImmediate as breathe } from 'node:timers/promises';
import type { Check, CheckResult, CheckRun, Planted } from '../check';
import { judged, playAll } from '../schedules';
import { attack, type Sum } from './attack';
import { type Bug, bugs } from './bugs';
import { type Population, populationOf } from './population';
import { publishedOf } from './published';

interface Report {
  readonly seed: number;
  readonly findings: readonly { readonly count: 'derived'; readonly what: string }[];
  readonly sums: number;
  readonly ballots: number;
}

const tell = (seed: number): string => `network ${seed}`;

const attacked = (seed: number, population: Population, sums: readonly Sum[]): Report => ({
  seed,
  findings: attack(population.ballots, sums).map((persons) => ({
    count: 'derived',
    what: persons.size === 0 ? 'who did not answer' : `answers of, or about, ${[...persons].sort().join(', ')}`,
  })),
  sums: sums.length,
  ballots: population.ballots.length,
});

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const reports = await playAll<Report>({ ...asked, sizes: { workers: 1 } }, tell, async (_, seeds, onReport) => {
    for (const seed of seeds) {
      if (asked.signal.aborted) return;
      const population = populationOf(seed);
      onReport(attacked(seed, population, publishedOf(population)));
      await breathe();
    }
  });
  const all = (of: 'sums' | 'ballots'): number => reports.reduce((sum, report) => sum + report[of], 0);
  return {
    ...judged(reports, ['derived'], tell),
    figures: { networks: reports.length, ballots: all('ballots'), published: all('sums') },
  };
};

/** So many networks are tried before a bug counts as not caught. */
const TRIED = 40;

const hunt = async ({ bug, publish }: Bug, { seed, signal, progress }: CheckRun): Promise<Planted> => {
  for (let nth = 0; nth < TRIED && !signal.aborted; nth += 1) {
    const population = populationOf(seed + nth);
    const { findings } = attacked(seed + nth, population, publish(population));
    await breathe();
    if (findings.length === 0) continue;
    progress(`${bug}: ${tell(seed + nth)}, ${findings[0]!.what}`);
    return { bug, caughtBy: ['derived'] };
  }
  return { bug, caughtBy: [] };
};

export const disclosureCheck: Check = {
  name: 'disclosure',
  about:
    'whoever holds every published figure of every cell, dimension and week, with its evidence, derives no answers of, or about, one to four persons (R15); count: networks',
  defaultCount: 500,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest: async (asked) => {
    const planted: Planted[] = [];
    for (const bug of bugs) planted.push(await hunt(bug, asked));
    return planted;
  },
};
