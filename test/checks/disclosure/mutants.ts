import { type CellContribution, NETWORK, releasesOf } from '#domain/disclosure/releases';
import type { Mutant } from '../runner/self-test';
import type { Sum } from './attack';
import { facilitatorsEyes, type Eyes } from './onlookers';
import type { Aside, Cast } from './population';

/** A way to publish that forgets one condition of the rule. */
export interface PublicationMutant extends Mutant {
  /** Of evaluations, where none is named. */
  readonly of?: Aside;
  readonly publish: (population: Cast) => readonly Sum[];
}

/** A way to show an exchange, to who has no place in it, that tells who answered. */
export interface ViewMutant extends Mutant {
  readonly eyes: Eyes;
}

const weeksOf = ({ ends }: Cast): readonly number[] => ends.map((_, week) => week);

/** What the rule shows of these entries, of every cell in every week. */
const byRule = (population: Cast, entries: readonly CellContribution[]): readonly Sum[] => {
  const last = population.ends.length - 1;
  // `stepsOf` numbers those that came by then
  const numbers = entries.flatMap(({ from }, number) => (from <= last ? [number] : []));
  const { cells, publishedAt } = releasesOf(entries, last);
  return cells.flatMap((cell) =>
    weeksOf(population).flatMap((week) => {
      const shown = publishedAt({ cell, week });
      return shown?.week === week ? [shown.entries.map((number) => numbers[number]!)] : [];
    }),
  );
};

const hasMinSize = (entries: readonly CellContribution[]): boolean =>
  [(entry: CellContribution) => entry.authors, (entry: CellContribution) => entry.judged].every(
    (of) => new Set(entries.flatMap(of)).size >= 5,
  );

/** Five entered, whatever is shown besides: by cell, in batches. */
const eachAlone = (population: Cast, isOne: (cell: string) => boolean): readonly Sum[] => {
  const { contributions } = population;
  const cells = [...new Set(contributions.flatMap((contribution) => contribution.cells))].filter(isOne);
  return cells.flatMap((cell) => {
    const sums: Sum[] = [];
    let waiting: number[] = [];
    for (const week of weeksOf(population)) {
      contributions.forEach(
        (contribution, number) => contribution.from === week && contribution.cells.includes(cell) && waiting.push(number),
      );
      if (!hasMinSize(waiting.map((number) => contributions[number]!))) continue;
      sums.push(waiting);
      waiting = [];
    }
    return sums;
  });
};

const only = (entries: readonly CellContribution[], isKept: (cell: string) => boolean): readonly CellContribution[] =>
  entries.map((entry) => ({ ...entry, cells: entry.cells.filter(isKept) }));

const isOf =
  (...names: readonly string[]) =>
  (cell: string): boolean =>
    names.some((name) => cell === name || cell.startsWith(`${name}:`));

/** All that is there, week by week, in cells of five. */
const weekByWeek = (population: Cast, cells: readonly string[]): readonly Sum[] =>
  cells.flatMap((cell) =>
    weeksOf(population).flatMap((week) => {
      const there = population.contributions.flatMap((contribution, number) =>
        contribution.from <= week && week < contribution.until && contribution.cells.includes(cell) ? [number] : [],
      );
      return hasMinSize(there.map((number) => population.contributions[number]!)) ? [there] : [];
    }),
  );

export const publicationMutants: readonly PublicationMutant[] = [
  {
    bug: 'a cell moves by five, whatever is left of the network beside it',
    publish: (population) => eachAlone(population, isOf(NETWORK, 'site')),
  },
  {
    bug: 'each dimension is judged beside the network, and not beside the others',
    publish: (population) =>
      ['role', 'site', 'unit', 'topic'].flatMap((dimension) =>
        byRule(population, only(population.contributions, isOf(NETWORK, dimension))),
      ),
  },
  {
    bug: 'a cell of five shows every week what is in it',
    publish: (population) => weekByWeek(population, [NETWORK, 'site:LYO']),
  },
  {
    bug: 'what entered together leaves one by one',
    publish: (population) =>
      weeksOf(population).flatMap((week) =>
        byRule(population, only(population.contributions, isOf(NETWORK))).map((sum) =>
          sum.filter((number) => week < population.contributions[number]!.until),
        ),
      ),
  },
  {
    bug: 'evaluations are counted and not their authors',
    publish: (population) =>
      byRule(
        population,
        population.contributions.map((contribution, number) => ({
          ...contribution,
          authors: contribution.authors.map((author) => `${author} ${number}`),
        })),
      ),
  },
  {
    bug: 'evaluations are counted and not the persons judged',
    publish: (population) =>
      byRule(
        population,
        population.contributions.map((contribution, number) => ({
          ...contribution,
          judged: contribution.judged.map((person) => `${person} ${number}`),
        })),
      ),
  },
  {
    bug: 'roles are shown by five, beside all else',
    publish: (population) => [
      ...eachAlone(population, isOf('role')),
      ...byRule(
        population,
        only(population.contributions, (cell) => !isOf('role')(cell)),
      ),
    ],
  },
  {
    bug: 'what learners alone are asked moves in steps of its own',
    publish: (population) => [
      ...byRule(
        population,
        only(population.contributions, (cell) => !cell.startsWith('learners|')),
      ),
      ...byRule(
        population,
        population.contributions.map((contribution) => ({
          ...contribution,
          cells: contribution.cells.includes('role:learner') ? contribution.cells.filter(isOf(NETWORK, 'site', 'unit', 'topic')) : [],
        })),
      ),
    ],
  },
  {
    bug: 'who was due and who missed is told at once, as by a gap without steps',
    publish: (population) => [
      ...byRule(population, population.contributions),
      ...population.contributions.flatMap(({ from }) => [
        population.contributions.flatMap((other, number) => (other.from <= from ? [number] : [])),
      ]),
    ],
  },
  {
    bug: 'the response rate counts in a hidden cell who was due there',
    publish: (population) => [
      ...byRule(population, population.contributions),
      ...[...new Set(population.contributions.flatMap(({ cells }) => cells))].flatMap((cell) =>
        weeksOf(population).map((week) =>
          population.contributions.flatMap(({ from, cells }, number) => (from === week && cells.includes(cell) ? [number] : [])),
        ),
      ),
    ],
  },
  {
    bug: 'follow-ups move by five, whatever is left of the network beside them',
    of: 'follow-ups',
    publish: (population) => eachAlone(population, isOf(NETWORK, 'site')),
  },
  {
    bug: 'a dispute moves with the exchanges around it, however few dispute',
    of: 'disputes',
    publish: (population) =>
      weeksOf(population).map((week) => population.contributions.flatMap(({ from }, number) => (from === week ? [number] : []))),
  },
  {
    bug: 'disputes that are settled move by steps of their own, beside all that were opened',
    of: 'disputes',
    publish: (population) => {
      const settled = population.contributions.map(({ later, ...contribution }) => later ?? { ...contribution, cells: [] });
      return [
        ...byRule(
          population,
          population.contributions.map((contribution) => ({ ...contribution, later: undefined })),
        ),
        ...byRule(population, settled),
      ];
    },
  },
  {
    bug: 'who passed on is told week by week, of all whose first receipt is old enough',
    of: 'passing on',
    publish: (population) => weekByWeek(population, [NETWORK, 'site:LYO']),
  },
  {
    bug: 'learners’ hours move when they are recorded',
    of: 'learner hours',
    publish: (population) => weekByWeek(population, [NETWORK]),
  },
  {
    bug: 'givers’ hours of sites and of units are judged apart',
    of: 'giver hours',
    publish: (population) =>
      ['site', 'unit'].flatMap((dimension) => byRule(population, only(population.contributions, isOf(NETWORK, dimension)))),
  },
];

export const viewMutants: readonly ViewMutant[] = [
  {
    bug: 'the queue shows everybody who has yet to evaluate',
    eyes: { ...facilitatorsEyes, isShared: () => true },
  },
  {
    bug: 'a feed tells that something of an exchange has changed, if not what',
    eyes: { ...facilitatorsEyes, isFollowed: () => true },
  },
  {
    bug: 'a history is closed for all to see when the last one is in',
    eyes: { ...facilitatorsEyes, history: ({ status, unsealed }) => ({ status, unsealed }) },
  },
  {
    bug: 'a history lists for all to see who did what in it',
    eyes: { ...facilitatorsEyes, history: ({ timeline }) => timeline },
  },
];
