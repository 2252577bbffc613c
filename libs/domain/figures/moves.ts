import { apartness } from './apart';
import { type Board, boardOf, clearPending, isLive, isReady, pendingPlaces, turn, turnPending } from './board';
import { type Entry, isIn, type Moves, NETWORK } from './entry';
import { applyWhereSafe } from './margin';
import { inOrderOf } from './numbered';
import { isEnough } from './tally';

export { type Entry, type Move, type Moves, NETWORK } from './entry';

type IsApart = (cell: number) => boolean;

const settle = (board: Board, cell: number, places: readonly number[], isEntering: (entry: number) => boolean): boolean =>
  applyWhereSafe(board.margins, {
    dimension: board.dimensions[cell]!,
    entries: places.map((place) => board.places.entryAt[place]!),
    isEntering,
  });

const placesWhere = ({ places }: Board, cell: number, holds: (place: number) => boolean): readonly number[] => {
  const found: number[] = [];
  for (let place = places.starts[cell]!; place < places.starts[cell + 1]!; place += 1) if (holds(place)) found.push(place);
  return found;
};

const hide = (board: Board, cell: number): void => {
  const { places, isPending, week } = board;
  if (board.moves[cell]!.at(-1)?.shown !== true) return;
  const isThere = (place: number): boolean => isLive(board, places.entryAt[place]!);
  const shown = placesWhere(board, cell, (place) => isThere(place) !== (isPending[place] === 1));
  if (!settle(board, cell, shown, () => false)) return;
  board.moves[cell]!.push({ week, shown: false });
  clearPending(board, cell);
  placesWhere(board, cell, isThere).forEach((place) => turnPending(board, place));
};

const show = (board: Board, cell: number): void => {
  const { now, week } = board;
  if (!settle(board, cell, pendingPlaces(board, cell), (entry) => isLive(board, entry))) return;
  board.moves[cell]!.push({ week, shown: true });
  board.given[cell]!.push({ week, authors: now.authors[cell]!, judged: now.judged[cell]! });
  clearPending(board, cell);
};

const tryToMove = (board: Board, cell: number, isApart: IsApart): void => {
  if (!isReady(board, cell)) return;
  if (!isEnough(board.now, cell)) hide(board, cell);
  else if (isApart(cell)) show(board, cell);
};

/** Smaller first in one order for everybody, the network before its cells. */
const inOrder = ({ entries: { names } }: Board): readonly number[] => {
  const before = (one: string, other: string): boolean => one === NETWORK || (other !== NETWORK && one < other);
  return names.map((_, cell) => cell).sort((one, other) => (before(names[one]!, names[other]!) ? -1 : 1));
};

/** Turns the entries of a week, told week by week; tells those weeks. */
const turning = (board: Board, weeks: Int32Array, by: 1 | -1): ((week: number) => void) => {
  const order = inOrderOf(weeks);
  let next = 0;
  return (week) => {
    for (; next < order.length && weeks[order[next]!]! <= week; next += 1) turn(board, order[next]!, by);
  };
};

const play = (board: Board, last: number): void => {
  const { from, until } = board.entries;
  const cells = inOrder(board);
  const [enter, leave, isApart] = [turning(board, from, 1), turning(board, until, -1), apartness(board)];
  const weeks = [...new Set([...new Set(from), ...new Set(until)])].filter((week) => week <= last).sort((one, other) => one - other);
  for (const week of weeks) {
    board.week = week;
    enter(week);
    leave(week);
    cells.forEach((cell) => tryToMove(board, cell, isApart));
  }
};

const movesOn = (board: Board): Moves => new Map(inOrder(board).map((cell) => [board.entries.names[cell]!, board.moves[cell]!]));

/**
 * R15: the steps of one figure in all its cells, up to the week `last`. They depend only on what was recorded by each week, so an
 * answer for a past date is the answer of that time. Two answers, over cells and dates, differ by nothing or by at least five
 * authors and five persons judged; so does what is left of the network beside the cells shown of one dimension.
 */
export const movesOf = (entries: readonly Entry[], last: number): Moves => stepsOf(entries, last).moves;

/** The steps, and what is shown between them: `shownAt` gives the numbers of the entries that a cell answers with. */
export interface Steps {
  readonly moves: Moves;
  readonly shownAt: (at: Place) => { readonly week: number; readonly entries: readonly number[] } | null;
}

/** The moves of `movesOf`, for who reads many cells. */
export const stepsOf = (entries: readonly Entry[], last: number): Steps => {
  const board = boardOf(entries);
  play(board, last);
  const moves = movesOn(board);
  const cells = new Map(board.entries.names.map((name, cell) => [name, cell]));
  const shownAt: Steps['shownAt'] = (at) => {
    const week = shownSince(moves, at);
    return week === null ? null : { week, entries: entriesAt(board, cells.get(at.cell) ?? 0, week) };
  };
  return { moves, shownAt };
};

const entriesAt = ({ places: { starts, entryAt }, entries: { from, until } }: Board, cell: number, week: number): readonly number[] => {
  const found: number[] = [];
  for (let place = starts[cell]!; place < starts[cell + 1]! && from[entryAt[place]!]! <= week; place += 1)
    if (week < until[entryAt[place]!]!) found.push(entryAt[place]!);
  return found;
};

interface Place {
  readonly cell: string;
  readonly week: number;
}

/** The week since which a cell answers as it does in a week; null while it is hidden. */
const shownSince = (moves: Moves, { cell, week: at }: Place): number | null => {
  const move = moves.get(cell)?.findLast(({ week }) => week <= at);
  return move?.shown ? move.week : null;
};

/** The entries that a cell answers with in a week; null while it is hidden. */
export const shownIn = <E extends Entry>(
  entries: readonly E[],
  moves: Moves,
  at: Place,
): { readonly week: number; readonly entries: readonly E[] } | null => {
  const week = shownSince(moves, at);
  return week === null ? null : { week, entries: entries.filter((entry) => isIn(entry, at.cell, week)) };
};
