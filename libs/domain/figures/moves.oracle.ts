import { ENOUGH, type Voice } from './crowd';
import { type Entry, isIn, type Move, type Moves, NETWORK } from './entry';

// R15 in plain sets and maps, one person and one answer after the other: slow, and near enough to the rule to be read as it.
// `movesOf` must find the same steps (`moves-as-plain.spec.ts`).

/** Voices counted by person, so that they can enter and leave one by one. */
interface Crowd {
  readonly authors: Map<string, number>;
  readonly judged: Map<string, number>;
  voices: number;
}

const nobody = (): Crowd => ({ authors: new Map(), judged: new Map(), voices: 0 });

const count = (persons: Map<string, number>, person: string, by: 1 | -1): void => {
  const now = (persons.get(person) ?? 0) + by;
  if (now === 0) persons.delete(person);
  else persons.set(person, now);
};

const shift = (crowd: Crowd, voice: Voice, by: 1 | -1): void => {
  crowd.voices += by;
  voice.authors.forEach((person) => count(crowd.authors, person, by));
  voice.judged.forEach((person) => count(crowd.judged, person, by));
};

const isEnough = (crowd: Crowd): boolean => crowd.authors.size >= ENOUGH && crowd.judged.size >= ENOUGH;

/** What a reader could get by subtracting answers: nothing at all, or a crowd. */
const isSafe = (difference: Crowd): boolean => difference.voices === 0 || isEnough(difference);

/** Whether these voices are nothing or a crowd, looking at no more of them than needed. */
const areSafe = (voices: Iterable<Voice>): boolean => {
  const crowd = nobody();
  for (const voice of voices) {
    shift(crowd, voice, 1);
    if (isEnough(crowd)) return true;
  }
  return crowd.voices === 0;
};

/**
 * What is left of the network's answer when every shown cell of one dimension is taken away (R15): it must be nothing or a crowd,
 * or else a hidden cell could be had by subtraction.
 */
interface Margin {
  readonly network: Set<Voice>;
  readonly cover: Map<Voice, number>;
  readonly rest: Crowd;
}

type Part = 'network' | 'cell';

const emptyMargin = (): Margin => ({ network: new Set(), cover: new Map(), rest: nobody() });

const isLeft = ({ network, cover }: Margin, voice: Voice): boolean => network.has(voice) !== (cover.get(voice) ?? 0) > 0;

const turnInNetwork = (network: Set<Voice>, voice: Voice, entering: boolean): void => {
  if (entering) network.add(voice);
  else network.delete(voice);
};

/** One voice enters or leaves what is shown of the network or of a cell. */
const turnIn = (margin: Margin, part: Part, change: Change): void => {
  const { voice, entering } = change;
  const before = isLeft(margin, voice);
  if (part === 'network') turnInNetwork(margin.network, voice, entering);
  else margin.cover.set(voice, (margin.cover.get(voice) ?? 0) + (entering ? 1 : -1));
  const after = isLeft(margin, voice);
  if (before !== after) shift(margin.rest, voice, after ? 1 : -1);
};

interface Change {
  readonly voice: Voice;
  readonly entering: boolean;
}

const apply = (margin: Margin, part: Part, changes: readonly Change[]): void => changes.forEach((change) => turnIn(margin, part, change));

const inverse = ({ voice, entering }: Change): Change => ({ voice, entering: !entering });

/** Makes the changes where all margins stay safe, else none; tells which. */
const applyWhereSafe = (margins: readonly Margin[], part: Part, changes: readonly Change[]): boolean => {
  margins.forEach((margin) => apply(margin, part, changes));
  if (margins.every(({ rest, network }) => network.size === 0 || isSafe(rest))) return true;
  margins.forEach((margin) => apply(margin, part, changes.map(inverse)));
  return false;
};

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
export const plainMovesOf = (entries: readonly Entry[], last: number): Moves => {
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
