import { areSafe, type Crowd, ENOUGH, isEnough, nobody, shift, type Voice } from './crowd';
import { applyWhereSafe, type Change, emptyMargin, type Margin } from './margin';

/** A voice in a figure from the week `from` until before the week `until`, in each of its cells: `network`, `site:LYO`, `role:giver`… */
export interface Entry extends Voice {
  readonly cells: readonly string[];
  readonly from: number;
  readonly until: number;
}

/** From this week on a cell answers with its entries of this very week, or is hidden. */
export interface Move {
  readonly week: number;
  readonly shown: boolean;
}

export type Moves = ReadonlyMap<string, readonly Move[]>;

export const NETWORK = 'network';

/** Weeks in which a cell was shown, by how many persons there were. */
type WeeksBySize = Map<number, number[]>;

interface Cell {
  readonly name: string;
  readonly dimension: string;
  /** All that were ever in it. */
  readonly entries: Entry[];
  /** What is in it now, shown or not, in the order of entering; and whose. */
  readonly live: Set<Entry>;
  readonly now: Crowd;
  /** What entered or left since the last move. */
  readonly pending: Set<Entry>;
  readonly byAuthors: WeeksBySize;
  readonly byJudged: WeeksBySize;
  /** The pending ones are a crowd. */
  ready: boolean;
  readonly moves: Move[];
}

interface Board {
  readonly cells: ReadonlyMap<string, Cell>;
  readonly margins: ReadonlyMap<string, Margin>;
}

export const isIn = (entry: Entry, cell: string, week: number): boolean =>
  entry.from <= week && week < entry.until && entry.cells.includes(cell);

const dimensionOf = (cell: string): string => cell.split(':', 1)[0] ?? cell;

const boardOf = (entries: readonly Entry[]): Board => {
  const cells = new Map<string, Cell>();
  for (const entry of entries) {
    for (const name of entry.cells) {
      const cell: Cell = cells.get(name) ?? {
        name,
        dimension: dimensionOf(name),
        entries: [],
        live: new Set(),
        now: nobody(),
        pending: new Set(),
        byAuthors: new Map(),
        byJudged: new Map(),
        ready: false,
        moves: [],
      };
      cell.entries.push(entry);
      cells.set(name, cell);
    }
  }
  const dimensions = new Set([...cells.values()].map(({ dimension }) => dimension).filter((dimension) => dimension !== NETWORK));
  return { cells, margins: new Map([...dimensions].map((dimension) => [dimension, emptyMargin()])) };
};

/** An entry enters or leaves its cells. */
const turn = (board: Board, entry: Entry, by: 1 | -1): readonly Cell[] =>
  entry.cells.flatMap((name) => {
    const cell = board.cells.get(name);
    if (cell === undefined) return [];
    shift(cell.now, entry, by);
    if (by === 1) cell.live.add(entry);
    else cell.live.delete(entry);
    if (!cell.pending.delete(entry)) cell.pending.add(entry);
    return [cell];
  });

/** Entries of which at least one is in any set that differs from this one by too few persons. */
const witnesses = (live: readonly Entry[]): readonly Entry[] => {
  const seen = nobody();
  const found: Entry[] = [];
  for (const entry of live) {
    if (isEnough(seen)) break;
    const isNew = entry.authors.some((person) => !seen.authors.has(person)) || entry.judged.some((person) => !seen.judged.has(person));
    if (!isNew) continue;
    shift(seen, entry, 1);
    found.push(entry);
  }
  return found;
};

/** Newest first: against an earlier answer of the same cell, the first few already tell. */
function* difference(live: readonly Entry[], cell: Cell, other: { readonly cell: Cell; readonly week: number }): Generator<Entry> {
  for (const entry of live) if (!isIn(entry, other.cell.name, other.week)) yield entry;
  for (const entry of other.cell.entries) if (isIn(entry, other.cell.name, other.week) && !cell.live.has(entry)) yield entry;
}

const near = (weeks: WeeksBySize, size: number): readonly number[] =>
  Array.from({ length: 2 * ENOUGH - 1 }, (_, index) => weeks.get(size - ENOUGH + 1 + index) ?? []).flat();

/** Only an answer of nearly as many authors, or of nearly as many judged, can differ by too few. */
const nearWeeks = (shown: Cell, { now }: Cell): ReadonlySet<number> =>
  new Set([...near(shown.byAuthors, now.authors.size), ...near(shown.byJudged, now.judged.size)]);

/** R15: what a cell would show differs from every answer ever given, of any cell, by nothing or by a crowd. */
const isApart = (board: Board, cell: Cell): boolean => {
  const live = [...cell.live].reverse();
  const names = new Set(witnesses(live).flatMap((entry) => entry.cells));
  return [...names].every((name) => {
    const other = board.cells.get(name);
    return other === undefined || [...nearWeeks(other, cell)].every((week) => areSafe(difference(live, cell, { cell: other, week })));
  });
};

const remember = (weeks: WeeksBySize, size: number, week: number): void => {
  const same = weeks.get(size);
  if (same === undefined) weeks.set(size, [week]);
  else same.push(week);
};

const lastShown = (cell: Cell): number | null => {
  const last = cell.moves.at(-1);
  return last?.shown ? last.week : null;
};

const marginsOf = (board: Board, cell: Cell): readonly Margin[] =>
  cell.name === NETWORK ? [...board.margins.values()] : [board.margins.get(cell.dimension) ?? emptyMargin()];

const settle = (board: Board, cell: Cell, changes: readonly Change[]): boolean =>
  applyWhereSafe(marginsOf(board, cell), cell.name === NETWORK ? 'network' : 'cell', changes);

const hide = (board: Board, cell: Cell, week: number): void => {
  const since = lastShown(cell);
  if (since === null) return;
  const leaving = cell.entries.filter((entry) => isIn(entry, cell.name, since));
  if (
    !settle(
      board,
      cell,
      leaving.map((voice) => ({ voice, entering: false })),
    )
  )
    return;
  cell.moves.push({ week, shown: false });
  cell.pending.clear();
  cell.live.forEach((entry) => cell.pending.add(entry));
};

const show = (board: Board, cell: Cell, week: number): void => {
  const changes = [...cell.pending].map((entry) => ({ voice: entry, entering: cell.live.has(entry) }));
  if (!settle(board, cell, changes)) return;
  cell.moves.push({ week, shown: true });
  remember(cell.byAuthors, cell.now.authors.size, week);
  remember(cell.byJudged, cell.now.judged.size, week);
  cell.pending.clear();
};

const isReady = ({ pending }: Cell): boolean => pending.size > 0 && areSafe(pending);

const tryToMove = (board: Board, cell: Cell, week: number): void => {
  if (!cell.ready) return;
  if (!isEnough(cell.now)) hide(board, cell, week);
  else if (isApart(board, cell)) show(board, cell, week);
  cell.ready = isReady(cell);
};

const byWeek = (entries: readonly Entry[], weekOf: (entry: Entry) => number): ReadonlyMap<number, readonly Entry[]> => {
  const weeks = new Map<number, Entry[]>();
  for (const entry of entries) {
    const week = weeks.get(weekOf(entry)) ?? [];
    week.push(entry);
    weeks.set(weekOf(entry), week);
  }
  return weeks;
};

/** Smaller first in one order for everybody, the network before its cells. */
const inOrder = (one: Cell, other: Cell): number =>
  Number(other.name === NETWORK) - Number(one.name === NETWORK) || (one.name < other.name ? -1 : 1);

/**
 * R15: the steps of one figure in all its cells, up to the week `last`. They depend only on what was recorded by each week, so an
 * answer for a past date is the answer of that time. Two answers, over cells and dates, differ by nothing or by at least five
 * authors and five persons judged; so does what is left of the network beside the cells shown of one dimension.
 */
export const movesOf = (entries: readonly Entry[], last: number): Moves => {
  const board = boardOf(entries);
  const cells = [...board.cells.values()].sort(inOrder);
  const entering = byWeek(entries, ({ from }) => from);
  const leaving = byWeek(entries, ({ until }) => until);
  const weeks = [...new Set([...entering.keys(), ...leaving.keys()])].filter((week) => week <= last).sort((one, other) => one - other);
  for (const week of weeks) {
    const entered = (entering.get(week) ?? []).flatMap((entry) => turn(board, entry, 1));
    const left = (leaving.get(week) ?? []).flatMap((entry) => turn(board, entry, -1));
    new Set([...entered, ...left]).forEach((cell) => (cell.ready = isReady(cell)));
    cells.forEach((cell) => tryToMove(board, cell, week));
  }
  return new Map(cells.map(({ name, moves }) => [name, moves]));
};

/** The entries that a cell answers with in a week; null while it is hidden. */
export const shownIn = <E extends Entry>(
  entries: readonly E[],
  moves: Moves,
  at: { readonly cell: string; readonly week: number },
): { readonly week: number; readonly entries: readonly E[] } | null => {
  const move = moves.get(at.cell)?.findLast(({ week }) => week <= at.week);
  return move?.shown ? { week: move.week, entries: entries.filter((entry) => isIn(entry, at.cell, move.week)) } : null;
};
