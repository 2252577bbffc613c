import type { Entry, Move } from './entry';
import { NETWORK } from './entry';
import { emptyMargins, type Margins } from './margin';
import { type Numbered, numbered } from './numbered';
import { type Places, placesOf } from './places';
import { emptyTally, isEnough, shift, type Tally } from './tally';

/** What a cell answered from a week on, by how many persons there were. */
export interface Given {
  readonly week: number;
  readonly authors: number;
  readonly judged: number;
}

/** Where all cells stand in a week. */
export interface Board {
  readonly entries: Numbered;
  readonly places: Places;
  /** What is in each cell now, shown or not. */
  readonly now: Tally;
  /** What entered or left each cell since its last move. */
  readonly pending: Tally;
  readonly isPending: Uint8Array;
  /** The pending places of each cell, each once, and some that are so no more: none becomes so again before the cell moves. */
  readonly touched: readonly number[][];
  /** How many of a cell's places have entered, and how many of them have left. */
  readonly entered: Int32Array;
  readonly left: Int32Array;
  /** Before this place of a cell, all have left. */
  readonly firstLive: Int32Array;
  readonly given: readonly Given[][];
  readonly moves: readonly Move[][];
  /** The dimension of each cell; null for the network itself. */
  readonly dimensions: readonly (number | null)[];
  readonly margins: Margins;
  week: number;
}

const dimensionOf = (cell: string): string => cell.split(':', 1)[0] ?? cell;

export const boardOf = (all: readonly Entry[]): Board => {
  const entries = numbered(all);
  const places = placesOf(entries);
  const cells = entries.names.length;
  const dimensions = [...new Set(entries.names.filter((name) => name !== NETWORK).map(dimensionOf))];
  const lists = <T>(): readonly T[][] => entries.names.map(() => []);
  return {
    entries,
    places,
    now: emptyTally(cells, places.seats),
    pending: emptyTally(cells, places.seats),
    isPending: new Uint8Array(places.entryAt.length),
    touched: lists(),
    entered: new Int32Array(cells),
    left: new Int32Array(cells),
    firstLive: places.starts.slice(),
    given: lists(),
    moves: lists(),
    dimensions: entries.names.map((name) => (name === NETWORK ? null : dimensions.indexOf(dimensionOf(name)))),
    margins: emptyMargins(entries, dimensions.length),
    week: -1,
  };
};

export const isLive = ({ entries: { from, until }, week }: Board, entry: number): boolean => from[entry]! <= week && week < until[entry]!;

/** A place is pending from now on, or no more. */
export const turnPending = (board: Board, place: number): void => {
  const cell = board.places.cellAt[place]!;
  const by = board.isPending[place] === 1 ? -1 : 1;
  shift(board.pending, cell, board.places, { row: place, by });
  board.isPending[place] = by === 1 ? 1 : 0;
  if (by === 1) board.touched[cell]!.push(place);
};

/** An entry enters or leaves its cells. */
export const turn = (board: Board, entry: number, by: 1 | -1): void => {
  const { ofEntry, cellAt } = board.places;
  for (let at = ofEntry.starts[entry]!; at < ofEntry.starts[entry + 1]!; at += 1) {
    const place = ofEntry.items[at]!;
    const cell = cellAt[place]!;
    const counter = by === 1 ? board.entered : board.left;
    counter[cell] = counter[cell]! + 1;
    shift(board.now, cell, board.places, { row: place, by });
    turnPending(board, place);
  }
};

export const pendingPlaces = ({ touched, isPending }: Board, cell: number): readonly number[] =>
  touched[cell]!.filter((place) => isPending[place] === 1);

export const clearPending = (board: Board, cell: number): void => {
  for (const place of board.touched[cell]!) if (board.isPending[place] === 1) turnPending(board, place);
  board.touched[cell]!.length = 0;
};

/** R15: five authors and five judged entered or left. */
export const isReady = ({ pending }: Board, cell: number): boolean => isEnough(pending, cell);
