import { ENOUGH } from './crowd';
import type { Lists } from './numbered';

/** The seats of authors and of persons judged, row by row; no seat serves both. */
export interface Seats {
  readonly authors: Lists;
  readonly judged: Lists;
}

/** The voices of each cell, counted by person, so that they can enter and leave one by one. */
export interface Tally {
  readonly voices: Int32Array;
  /** Distinct authors, and distinct persons judged, of each cell. */
  readonly authors: Int32Array;
  readonly judged: Int32Array;
  /** Voices by seat. */
  readonly counts: Int32Array;
}

export const emptyTally = (cells: number, seats: number): Tally => ({
  voices: new Int32Array(cells),
  authors: new Int32Array(cells),
  judged: new Int32Array(cells),
  counts: new Int32Array(seats),
});

/** Counts a list of seats up or down; returns by how much the number of seats taken changes. */
const count = (counts: Int32Array, { starts, items }: Lists, row: number, by: 1 | -1): number => {
  let change = 0;
  for (let at = starts[row]!; at < starts[row + 1]!; at += 1) {
    const now = (counts[items[at]!] = counts[items[at]!]! + by);
    if (now === (by === 1 ? 1 : 0)) change += by;
  }
  return change;
};

/** The voices of `row` enter or leave the crowd `of`. */
export const shift = (tally: Tally, of: number, seats: Seats, { row, by }: { row: number; by: 1 | -1 }): void => {
  tally.voices[of] = tally.voices[of]! + by;
  tally.authors[of] = tally.authors[of]! + count(tally.counts, seats.authors, row, by);
  tally.judged[of] = tally.judged[of]! + count(tally.counts, seats.judged, row, by);
};

export const isEnough = ({ authors, judged }: Tally, of: number): boolean => authors[of]! >= ENOUGH && judged[of]! >= ENOUGH;

/** What a reader could get by subtracting answers: nothing at all, or a crowd. */
export const isSafe = (tally: Tally, of: number): boolean => tally.voices[of] === 0 || isEnough(tally, of);
