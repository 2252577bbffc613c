import { MIN_CELL_SIZE } from './threshold';
import type { CellContribution } from './cell-contribution';

/**
 * R15: persons are dealt into five fifths, once and for all, authors and persons judged separately. Whatever one to four persons wrote, one
 * fifth has none of them. A set of fifths is a number of ten bits: five of authors, five of persons judged.
 */
export const FIFTHS = 2 * MIN_CELL_SIZE;
export const ALL_FIFTHS = 2 ** FIFTHS - 1;

type PersonsOf = (entry: CellContribution) => readonly string[];

/** The cells in which each person is met. */
const metIn = (entries: readonly CellContribution[], personsOf: PersonsOf): ReadonlyMap<string, ReadonlySet<string>> => {
  const met = new Map<string, Set<string>>();
  for (const entry of entries)
    for (const person of personsOf(entry)) {
      const cells = met.get(person) ?? new Set();
      entry.cells.forEach((cell) => cells.add(cell));
      met.set(person, cells);
    }
  return met;
};

/** How many persons of each fifth were dealt in a cell. */
type Loads = Map<string, number[]>;

/** Of these fifths, the one with the fewest persons in the cells. */
const fewest = (open: readonly number[], loads: readonly (readonly number[])[]): number => {
  const sumOf = (fifth: number): number => loads.reduce((sum, load) => sum + load[fifth]!, 0);
  return open.reduce((least, fifth) => (sumOf(fifth) < sumOf(least) ? fifth : least));
};

const EVERY_FIFTH: readonly number[] = Array.from({ length: MIN_CELL_SIZE }, (_, fifth) => fifth);

interface Dealer {
  readonly deal: (entries: readonly CellContribution[]) => void;
  readonly of: (entry: CellContribution) => number;
}

/**
 * Each new person of a week, in the order of ids, goes where their cells have the fewest, five one after the other to five fifths: five
 * new persons are always enough for the network. The same persons lie in the same fifths whenever, and in whatever order, it is asked.
 */
const dealer = (personsOf: PersonsOf, first: number): Dealer => {
  const dealt = new Map<string, number>();
  const loads: Loads = new Map();
  const loadOf = (cell: string): number[] => {
    const load = loads.get(cell) ?? Array<number>(MIN_CELL_SIZE).fill(0);
    loads.set(cell, load);
    return load;
  };
  return {
    deal: (entries) => {
      const met = [...metIn(entries, personsOf)].filter(([person]) => !dealt.has(person)).sort(([one], [other]) => (one < other ? -1 : 1));
      let open = EVERY_FIFTH;
      for (const [person, cells] of met) {
        const own = [...cells].map(loadOf);
        const fifth = fewest(open, own);
        open = open.length === 1 ? EVERY_FIFTH : open.filter((each) => each !== fifth);
        dealt.set(person, 1 << (first + fifth));
        own.forEach((load) => (load[fifth] = load[fifth]! + 1));
      }
    },
    of: (entry) => personsOf(entry).reduce((all, person) => all | (dealt.get(person) ?? 0), 0),
  };
};

export interface Fifths {
  /** Who comes in a week is dealt before their entries are asked for. */
  readonly deal: (entries: readonly CellContribution[]) => void;
  /** The fifths in which an entry has a person; none for who was due and missed. */
  readonly of: (entry: CellContribution) => number;
}

export const fifths = (): Fifths => {
  const [authors, judged] = [dealer((entry) => entry.authors, 0), dealer((entry) => entry.judged, MIN_CELL_SIZE)];
  return {
    deal: (entries) => [authors, judged].forEach(({ deal }) => deal(entries)),
    of: (entry) => authors.of(entry) | judged.of(entry),
  };
};
