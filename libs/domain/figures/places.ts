import { inOrderOf, type Lists, type Numbered } from './numbered';
import type { Seats } from './tally';

/**
 * Each entry in each of its cells has a place. The places of a cell lie together, the entry that came first at first: what
 * entered since a week is the end of a cell's places.
 */
export interface Places extends Seats {
  /** The places of cell `c` lie from `starts[c]` until before `starts[c + 1]`. */
  readonly starts: Int32Array;
  readonly entryAt: Int32Array;
  readonly cellAt: Int32Array;
  /** The places of each entry. */
  readonly ofEntry: Lists;
  /** The same places of a cell, the entry that leaves first at first. */
  readonly leaving: Int32Array;
  /** How many seats there are: one for each author, and one for each person judged, of each cell. */
  readonly seats: number;
}

const startsOf = ({ cells, names }: Numbered): Int32Array => {
  const starts = new Int32Array(names.length + 1);
  cells.items.forEach((cell) => (starts[cell + 1] = starts[cell + 1]! + 1));
  names.forEach((_, cell) => (starts[cell + 1] = starts[cell + 1]! + starts[cell]!));
  return starts;
};

/** Calls back with each entry and cell in the order given, and the next free place of that cell. */
const fill = (
  { cells }: Numbered,
  starts: Int32Array,
  order: Int32Array,
  put: (entry: number, at: number, place: number) => void,
): void => {
  const next = starts.slice();
  for (const entry of order) {
    for (let at = cells.starts[entry]!; at < cells.starts[entry + 1]!; at += 1) {
      const cell = cells.items[at]!;
      put(entry, at, next[cell]!);
      next[cell] = next[cell]! + 1;
    }
  }
};

const seatsAt = (entryAt: Int32Array, persons: Lists, seatOf: (place: number, person: number) => number): Lists => {
  const starts = new Int32Array(entryAt.length + 1);
  entryAt.forEach((entry, place) => (starts[place + 1] = starts[place]! + persons.starts[entry + 1]! - persons.starts[entry]!));
  const items = new Int32Array(starts[entryAt.length]!);
  let next = 0;
  entryAt.forEach((entry, place) => {
    for (let at = persons.starts[entry]!; at < persons.starts[entry + 1]!; at += 1) items[next++] = seatOf(place, persons.items[at]!);
  });
  return { starts, items };
};

/** Gives out seats; places must be asked for cell by cell. */
const seating = (cellAt: Int32Array, persons: number, first: number) => {
  const [seat, within] = [new Int32Array(persons), new Int32Array(persons).fill(-1)];
  let next = first;
  const seatOf = (place: number, person: number): number => {
    if (within[person] !== cellAt[place]) {
      within[person] = cellAt[place]!;
      seat[person] = next++;
    }
    return seat[person]!;
  };
  return { seatOf, seats: () => next };
};

export const placesOf = (entries: Numbered): Places => {
  const { cells, from, until, authors, judged, persons } = entries;
  const starts = startsOf(entries);
  const [entryAt, cellAt, ofEntry, leaving] = [0, 1, 2, 3].map(() => new Int32Array(cells.items.length)) as unknown as readonly [
    ...[Int32Array, Int32Array, Int32Array, Int32Array],
  ];
  fill(entries, starts, inOrderOf(from), (entry, at, place) => {
    entryAt[place] = entry;
    cellAt[place] = cells.items[at]!;
    ofEntry[at] = place;
  });
  fill(entries, starts, inOrderOf(until), (_, at, place) => (leaving[place] = ofEntry[at]!));
  const authorsSeated = seating(cellAt, persons, 0);
  const authorsAt = seatsAt(entryAt, authors, authorsSeated.seatOf);
  const judgedSeated = seating(cellAt, persons, authorsSeated.seats());
  const judgedAt = seatsAt(entryAt, judged, judgedSeated.seatOf);
  return {
    starts,
    entryAt,
    cellAt,
    ofEntry: { starts: cells.starts, items: ofEntry },
    leaving,
    seats: judgedSeated.seats(),
    authors: authorsAt,
    judged: judgedAt,
  };
};
