import type { FairnessFigures } from './figures';

const HEADINGS: Readonly<Record<keyof FairnessFigures, string>> = {
  served: 'served',
  servedOfServable: 'of servable',
  waitP50: 'wait P50',
  waitP90: 'wait P90',
  longestOvertaken: 'overtaken',
  giniOfGiving: 'Gini giving',
  mostGiven: 'most given',
  leastSite: 'least site',
  leastUnit: 'least unit',
  overCapacity: 'over capacity',
};

const keys = Object.keys(HEADINGS) as readonly (keyof FairnessFigures)[];
const WIDE = 24;

/** One line a policy; waits in days, rounds overtaken, shares of 1. */
export const table = (rows: Readonly<Record<string, FairnessFigures>>): string =>
  [
    ['policy'.padEnd(WIDE), ...keys.map((key) => HEADINGS[key])].join(' | '),
    ...Object.entries(rows).map(([name, figures]) =>
      [name.padEnd(WIDE), ...keys.map((key) => String(figures[key]).padStart(HEADINGS[key].length))].join(' | '),
    ),
  ].join('\n');

/** The same as one object of numbers: `served.ours`. */
export const flat = (rows: Readonly<Record<string, FairnessFigures>>): Readonly<Record<string, number>> =>
  Object.fromEntries(Object.entries(rows).flatMap(([name, figures]) => keys.map((key) => [`${key}.${name}`, figures[key]] as const)));

/** Means over several networks; what is the longest or the most, of all of them. */
export const together = (all: readonly FairnessFigures[]): FairnessFigures => {
  const mean = (key: keyof FairnessFigures): number =>
    Math.round((all.reduce((sum, one) => sum + one[key], 0) / all.length) * 1_000) / 1_000;
  const most = (key: keyof FairnessFigures): number => Math.max(...all.map((one) => one[key]));
  return {
    served: mean('served'),
    servedOfServable: mean('servedOfServable'),
    waitP50: mean('waitP50'),
    waitP90: mean('waitP90'),
    longestOvertaken: most('longestOvertaken'),
    giniOfGiving: mean('giniOfGiving'),
    mostGiven: most('mostGiven'),
    leastSite: mean('leastSite'),
    leastUnit: mean('leastUnit'),
    overCapacity: most('overCapacity'),
  };
};
