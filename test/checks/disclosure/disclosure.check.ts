import { setImmediate as breathe } from 'node:timers/promises';
import type { Check, CheckResult, CheckRun, Planted } from '../runner/check';
import { judged, playAll } from '../runner/schedules';
import { attack, type Sum } from './attack';
import { type Bug, bugs, type Slip, slips } from './bugs';
import { facilitatorsEyes, tellsWhoAnswered, type Eyes } from './onlookers';
import { type Aside, type Cast, type Population, populationOf } from './population';
import { asideNames, publishedOf } from './published';

interface Finding {
  readonly count: 'derived';
  readonly what: string;
}

interface Report {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly sums: number;
  readonly ballots: number;
}

const tell = (seed: number): string => `network ${seed}`;

const derivedFrom = (of: string, { ballots }: Pick<Cast, 'ballots'>, sums: readonly Sum[]): readonly Finding[] =>
  attack(ballots, sums).map((persons) => ({
    count: 'derived',
    what: `${of}: ${persons.size === 0 ? 'who did not answer' : `of, or about, ${[...persons].sort().join(', ')}`}`,
  }));

const castOf = (population: Population, aside: Aside | undefined): Cast =>
  aside === undefined ? population : { ballots: population.asides[aside], ends: population.ends };

const lookedAt = ({ met }: Population, eyes: Eyes): readonly Finding[] =>
  met.filter((one) => tellsWhoAnswered(one, eyes)).map(({ id }) => ({ count: 'derived', what: `who answered in ${id}` }));

const attacked = (seed: number): Report => {
  const population = populationOf(seed);
  const { evaluations, asides } = publishedOf(population);
  const findings = [
    ...derivedFrom('evaluations', population, evaluations),
    ...asideNames.flatMap((aside) => derivedFrom(aside, castOf(population, aside), asides[aside])),
    ...lookedAt(population, facilitatorsEyes),
  ];
  const all = [evaluations, ...Object.values(asides)];
  return { seed, findings, sums: all.reduce((sum, { length }) => sum + length, 0), ballots: population.ballots.length };
};

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const reports = await playAll<Report>({ ...asked, sizes: { workers: 1 } }, tell, async (_, seeds, onReport) => {
    for (const seed of seeds) {
      if (asked.signal.aborted) return;
      onReport(attacked(seed));
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

const found = (planted: Bug | Slip, population: Population): readonly Finding[] => {
  if ('eyes' in planted) return lookedAt(population, planted.eyes);
  const cast = castOf(population, planted.of);
  return derivedFrom(planted.of ?? 'evaluations', cast, planted.publish(cast));
};

const hunt = async (planted: Bug | Slip, { seed, signal, progress }: CheckRun): Promise<Planted> => {
  const { bug } = planted;
  for (let nth = 0; nth < TRIED && !signal.aborted; nth += 1) {
    const findings = found(planted, populationOf(seed + nth));
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
    'whoever holds every published figure of every cell, dimension and week, with its evidence, derives nothing of, or about, one to four persons, and whoever sees the queue, its feed and exchanges of others not who answered (R15); count: networks',
  defaultCount: 500,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest: async (asked) => {
    const planted: Planted[] = [];
    for (const bug of [...bugs, ...slips]) planted.push(await hunt(bug, asked));
    return planted;
  },
};
