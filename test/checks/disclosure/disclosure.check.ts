import { setImmediate as breathe } from 'node:timers/promises';
import type { Check, CheckResult, CheckRun } from '../runner/check';
import { judged, playAll, sumOf, type Finding as FindingOf, type Report } from '../runner/schedules';
import { plantEach } from '../runner/self-test';
import { attack, type Sum } from './attack';
import { type PublicationMutant, publicationMutants, type ViewMutant, viewMutants } from './mutants';
import { facilitatorsEyes, tellsWhoAnswered, type Eyes } from './onlookers';
import { type Aside, type Cast, type Population, populationOf } from './population';
import { asideNames, publishedOf } from './published';

type Finding = FindingOf<'derived'>;

const tell = (seed: number): string => `network ${seed}`;

const derivedFrom = (of: string, { contributions }: Pick<Cast, 'contributions'>, sums: readonly Sum[]): readonly Finding[] =>
  attack(contributions, sums).map((persons) => ({
    count: 'derived',
    what: `${of}: ${persons.size === 0 ? 'who did not answer' : `of, or about, ${[...persons].sort().join(', ')}`}`,
  }));

const castOf = (population: Population, aside: Aside | undefined): Cast =>
  aside === undefined ? population : { contributions: population.asides[aside], ends: population.ends };

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
  const figures = { sums: all.reduce((sum, { length }) => sum + length, 0), contributions: population.contributions.length };
  return { seed, findings, figures };
};

const run = async (asked: CheckRun): Promise<CheckResult> => {
  const reports = await playAll({ ...asked, sizes: { workers: 1 } }, tell, async (_, { seeds, signal, onReport }) => {
    for (const seed of seeds) {
      if (signal.aborted) return;
      onReport(attacked(seed));
      await breathe();
    }
  });
  return {
    ...judged(reports, ['derived'], tell),
    figures: { networks: reports.length, contributions: sumOf(reports, 'contributions'), published: sumOf(reports, 'sums') },
  };
};

/** So many networks are tried before a bug counts as not caught. */
const TRIED = 40;

const found = (planted: PublicationMutant | ViewMutant, population: Population): readonly Finding[] => {
  if ('eyes' in planted) return lookedAt(population, planted.eyes);
  const cast = castOf(population, planted.of);
  return derivedFrom(planted.of ?? 'evaluations', cast, planted.publish(cast));
};

const hunt = async (planted: PublicationMutant | ViewMutant, { seed, signal, progress }: CheckRun): Promise<readonly string[]> => {
  for (let nth = 0; nth < TRIED && !signal.aborted; nth += 1) {
    const [first] = found(planted, populationOf(seed + nth));
    await breathe();
    if (first === undefined) continue;
    progress(`${planted.bug}: ${tell(seed + nth)}, ${first.what}`);
    return [first.count];
  }
  return [];
};

export const disclosureCheck: Check = {
  name: 'disclosure',
  about:
    'whoever holds every published figure of every cell, dimension and week, with its evidence, derives nothing of, or about, one to four persons, and whoever sees the queue, its feed and exchanges of others not who answered (R15); count: networks',
  defaultCount: 500,
  logs: ['memory'],
  sizes: {},
  run,
  selfTest: (asked) => plantEach([...publicationMutants, ...viewMutants], asked, (planted) => hunt(planted, asked)),
};
