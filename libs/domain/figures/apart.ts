import { type Board, type Given, isLive } from './board';
import { ENOUGH } from './crowd';
import { type Gathering, gathering } from './gathering';

/** What one cell would show, beside what another, or itself, showed from the week `then` on. */
interface Comparison {
  readonly cell: number;
  readonly other: number;
  readonly then: number;
}

/** Visits places until told that it is enough; tells whether it was. */
type Visit = (board: Board, comparison: Comparison, add: Gathering['add']) => boolean;

const isInCell = ({ places: { ofEntry, cellAt } }: Board, entry: number, cell: number): boolean => {
  for (let at = ofEntry.starts[entry]!; at < ofEntry.starts[entry + 1]!; at += 1) if (cellAt[ofEntry.items[at]!] === cell) return true;
  return false;
};

/** The first place of a cell of what is live; what has left before is never looked at again. */
const firstLive = (board: Board, cell: number): number => {
  const { firstLive: first, places } = board;
  const end = places.starts[cell]! + board.entered[cell]!;
  while (first[cell]! < end && !isLive(board, places.entryAt[first[cell]!]!)) first[cell] = first[cell]! + 1;
  return first[cell]!;
};

/** Live ones that came since: the end of the cell's places. */
const entered: Visit = (board, { cell, then }, add) => {
  const { entries, places } = board;
  for (let place = places.starts[cell]! + board.entered[cell]! - 1; place >= places.starts[cell]!; place -= 1) {
    const entry = places.entryAt[place]!;
    if (entries.from[entry]! <= then) return false;
    if (isLive(board, entry) && add(entry)) return true;
  }
  return false;
};

/** Those of the other that left since. */
const left: Visit = (board, { other, then }, add) => {
  const { entries, places } = board;
  for (let index = places.starts[other]! + board.left[other]! - 1; index >= places.starts[other]!; index -= 1) {
    const entry = places.entryAt[places.leaving[index]!]!;
    if (entries.until[entry]! <= then) return false;
    if (entries.from[entry]! <= then && add(entry)) return true;
  }
  return false;
};

/** Those that were there then and still are, in `one` and not in `without`. */
const stayed = (board: Board, { then, one, without }: { then: number; one: number; without: number }, add: Gathering['add']): boolean => {
  const { entries, places } = board;
  const end = places.starts[one]! + board.entered[one]!;
  for (let place = firstLive(board, one); place < end; place += 1) {
    const entry = places.entryAt[place]!;
    if (entries.from[entry]! > then) return false;
    if (isLive(board, entry) && !isInCell(board, entry, without) && add(entry)) return true;
  }
  return false;
};

const stayedApart: Visit = (board, { cell, other, then }, add) =>
  cell !== other && (stayed(board, { then, one: cell, without: other }, add) || stayed(board, { then, one: other, without: cell }, add));

/** Nothing at all or a crowd, looking at no more of it than needed. */
const isSafeBeside = (board: Board, comparison: Comparison, crowd: Gathering): boolean => {
  crowd.restart();
  const visits = [entered, left, stayedApart];
  return visits.some((visit) => visit(board, comparison, crowd.add)) || crowd.isEmpty();
};

/** The cells of live entries who are a crowd together: what differs by too few from this cell has at least one of them. */
const cellsNear = (board: Board, cell: number, crowd: Gathering): ReadonlySet<number> => {
  const { starts, entryAt, ofEntry, cellAt } = board.places;
  const cells = new Set<number>();
  crowd.restart();
  for (let place = starts[cell]! + board.entered[cell]! - 1; place >= starts[cell]!; place -= 1) {
    const entry = entryAt[place]!;
    if (!isLive(board, entry)) continue;
    for (let at = ofEntry.starts[entry]!; at < ofEntry.starts[entry + 1]!; at += 1) cells.add(cellAt[ofEntry.items[at]!]!);
    if (crowd.add(entry)) break;
  }
  return cells;
};

/** Only an answer of nearly as many authors, or of nearly as many judged, can differ by too few. */
const isNear = ({ now }: Board, cell: number, given: Given): boolean =>
  Math.abs(now.authors[cell]! - given.authors) < ENOUGH || Math.abs(now.judged[cell]! - given.judged) < ENOUGH;

/** R15: what a cell would show differs from every answer ever given, of any cell, by nothing or by a crowd. */
export const apartness = (board: Board): ((cell: number) => boolean) => {
  const crowd = gathering(board.entries);
  const isApartFrom = (cell: number, other: number): boolean =>
    board.given[other]!.every((given) => !isNear(board, cell, given) || isSafeBeside(board, { cell, other, then: given.week }, crowd));
  return (cell) => [...cellsNear(board, cell, crowd)].every((other) => isApartFrom(cell, other));
};
