import type { Lists, Numbered } from './numbered';
import { emptyTally, isSafe, type Seats, shift, type Tally } from './tally';

/** What is left of the network's answer when every shown cell of one dimension is taken away. */
interface Margin {
  /** In how many shown cells each entry is. */
  readonly cover: Uint16Array;
  readonly rest: Tally;
}

/** R15: the rest must be nothing or a crowd, or else a hidden cell could be had by subtraction. One margin a dimension. */
export interface Margins {
  readonly inNetwork: Uint8Array;
  readonly margins: readonly Margin[];
  readonly persons: Seats;
}

const movedBy = ({ starts, items }: Lists, by: number): Lists => ({ starts, items: items.map((item) => item + by) });

export const emptyMargins = ({ size, persons, authors, judged }: Numbered, dimensions: number): Margins => ({
  inNetwork: new Uint8Array(size),
  margins: Array.from({ length: dimensions }, () => ({ cover: new Uint16Array(size), rest: emptyTally(1, 2 * persons) })),
  persons: { authors, judged: movedBy(judged, persons) },
});

/** Entries that come into what is shown, or go out of it, of the network (`dimension` null) or of a cell of a dimension. */
export interface Changes {
  readonly dimension: number | null;
  readonly entries: readonly number[];
  readonly isEntering: (entry: number) => boolean;
}

/** Left over is what the network shows and no cell does, or the other way round. */
const turnRest = ({ inNetwork, persons }: Margins, { cover, rest }: Margin, entry: number): void =>
  shift(rest, 0, persons, { row: entry, by: (inNetwork[entry] === 1) !== cover[entry]! > 0 ? 1 : -1 });

const turnInNetwork = (all: Margins, entry: number, entering: boolean): void => {
  all.inNetwork[entry] = entering ? 1 : 0;
  for (const margin of all.margins) turnRest(all, margin, entry);
};

const turnInCell = (all: Margins, margin: Margin, entry: number, entering: boolean): void => {
  const covers = (margin.cover[entry] = margin.cover[entry]! + (entering ? 1 : -1));
  if (covers === (entering ? 1 : 0)) turnRest(all, margin, entry);
};

const apply = (all: Margins, { dimension, entries, isEntering }: Changes, isBack: boolean): void => {
  for (const entry of entries) {
    const entering = isEntering(entry) !== isBack;
    if (dimension === null) turnInNetwork(all, entry, entering);
    else turnInCell(all, all.margins[dimension]!, entry, entering);
  }
};

/** Makes the changes where all that is left over stays safe, else none; tells which. Beside a hidden network cells are safe: each is a crowd. */
export const applyWhereSafe = (all: Margins, changes: Changes): boolean => {
  apply(all, changes, false);
  const touched = changes.dimension === null ? all.margins : [all.margins[changes.dimension]!];
  if (touched.every(({ rest }) => isSafe(rest, 0))) return true;
  apply(all, changes, true);
  return false;
};
