import type { CellContribution } from './cell-contribution';
import { dimensionOf } from './order';

/** Contributions that a cell published together, and drops together. */
export interface ContributionBatch {
  readonly cell: string;
  /** The week in which the cell published them. */
  readonly week: number;
  /** The first week in which none of them counts any more. */
  readonly until: number;
  /** By number. */
  readonly entries: readonly number[];
}

/** A batch, and how many of its entries are in batches of a dimension, too: one that is in two of them counts twice. */
interface CoveredBatch {
  readonly batch: ContributionBatch;
  readonly covered: Map<string, number>;
}

/** All that was published: each sum is one of these, or made of them. */
export interface Batches {
  readonly all: readonly ContributionBatch[];
  readonly add: (batch: ContributionBatch) => void;
  /** The batches in which an entry is. */
  readonly with: (entry: number) => readonly CoveredBatch[];
}

const cover = ({ covered }: CoveredBatch, dimension: string, by: number): void =>
  void covered.set(dimension, (covered.get(dimension) ?? 0) + by);

export const emptyBatches = (entries: readonly CellContribution[]): Batches => {
  const all: ContributionBatch[] = [];
  const byEntry = entries.map((): CoveredBatch[] => []);
  return {
    all,
    add: (batch) => {
      const kept: CoveredBatch = { batch, covered: new Map() };
      const dimension = dimensionOf(batch.cell);
      all.push(batch);
      for (const entry of batch.entries) {
        for (const other of byEntry[entry]!) {
          cover(other, dimension, 1);
          cover(kept, dimensionOf(other.batch.cell), 1);
        }
        byEntry[entry]!.push(kept);
      }
    },
    with: (entry) => byEntry[entry] ?? [],
  };
};

/** The batches of `cell` that hold the entries; null where one of them is in none. */
const around = (batches: Batches, cell: string, entries: readonly number[]): ReadonlySet<CoveredBatch> | null => {
  const touched = new Set<CoveredBatch>();
  for (const entry of entries) {
    const kept = batches.with(entry).find(({ batch }) => batch.cell === cell);
    if (kept === undefined) return null;
    touched.add(kept);
  }
  return touched;
};

const sizeOf = (kept: ReadonlySet<CoveredBatch>): number => [...kept].reduce((sum, { batch }) => sum + batch.entries.length, 0);

/** Whether they are whole batches of cells of one dimension, each entry in exactly one. */
const areWholeBatches = (batches: Batches, dimension: string, rest: readonly number[]): boolean => {
  const touched = new Set<CoveredBatch>();
  for (const entry of rest) {
    const own = batches.with(entry).filter(({ batch }) => dimensionOf(batch.cell) === dimension);
    if (own.length !== 1) return false;
    touched.add(own[0]!);
  }
  return sizeOf(touched) === rest.length;
};

const open = (kept: CoveredBatch, dimension: string): number => kept.batch.entries.length - (kept.covered.get(dimension) ?? 0);

/** Whether they are the whole of these batches of one cell, less whole batches of one dimension. */
const areLeftOf = (batches: Batches, touched: ReadonlySet<CoveredBatch>, dimension: string, entries: readonly number[]): boolean => {
  if ([...touched].reduce((sum, kept) => sum + open(kept, dimension), 0) !== entries.length) return false;
  const inside = new Set(entries);
  const rest = [...touched].flatMap((kept) => kept.batch.entries.filter((entry) => !inside.has(entry)));
  return areWholeBatches(batches, dimension, rest);
};

/** Whether they are what is left of another cell: the last site beside all others, givers beside the learners of each site. */
const isWhatIsLeft = (batches: Batches, entries: readonly number[]): boolean =>
  batches.with(entries[0]!).some((kept) => {
    const near = [...kept.covered.keys()].filter((dimension) => open(kept, dimension) <= entries.length);
    const touched = near.length === 0 ? null : around(batches, kept.batch.cell, entries);
    return touched !== null && near.some((dimension) => areLeftOf(batches, touched, dimension, entries));
  });

/** Whether a sum follows from published ones: it is theirs together, or what is left of them. */
export const isSumOfBatches = (batches: Batches, entries: readonly number[]): boolean => {
  if (entries.length === 0) return false;
  const dimensions = new Set(batches.with(entries[0]!).map(({ batch }) => dimensionOf(batch.cell)));
  const isAllOf = (dimension: string): boolean => areWholeBatches(batches, dimension, entries);
  return [...dimensions].some(isAllOf) || isWhatIsLeft(batches, entries);
};
