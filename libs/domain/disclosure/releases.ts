import { type ContributionBatch, type Batches, emptyBatches, isSumOfBatches } from './batches';
import { areWhole, type Classes, emptyClasses, partsOf, split, witnesses } from './classes';
import type { CellContribution } from './cell-contribution';
import { ALL_FIFTHS, fifths, type Fifths } from './fifths';
import { inOrder } from './order';

export { type CellContribution, NETWORK } from './cell-contribution';

/** Contributions that wait to be published in a cell, and how many must wait before it is tried again. */
interface Queue {
  waiting: number[];
  retryAt: number;
}

/** Tried again once an eighth more waits: all tries together cost little more than what enters. */
const RETRY_SHARE = 8;

interface ReleaseState {
  readonly entries: readonly CellContribution[];
  readonly fifths: Fifths;
  readonly classes: Classes;
  readonly batches: Batches;
  readonly queues: Map<string, Queue>;
}

const emptyState = (entries: readonly CellContribution[]): ReleaseState => ({
  entries,
  fifths: fifths(),
  classes: emptyClasses(entries.length),
  batches: emptyBatches(entries),
  queues: new Map(),
});

/** What a contribution is in a cell: itself, or what it is later. */
const inCell = (entry: CellContribution, cell: string): CellContribution => (entry.later?.cells.includes(cell) ? entry.later : entry);

const untilOf = (entries: readonly CellContribution[], cell: string, numbers: readonly number[]): number =>
  numbers.reduce((last, number) => Math.max(last, inCell(entries[number]!, cell).until), 0);

/**
 * R15: what waits for a cell is released where every fifth bears witness, or where the sum follows from published ones already. A fifth is a
 * witness by a contribution in no published sum, or by two that no published sum distinguishes, one in this sum and one not.
 */
const tryToRelease = ({ entries, classes, batches, queues }: ReleaseState, cell: string, week: number): void => {
  const queue = queues.get(cell);
  if (queue === undefined || queue.waiting.length < queue.retryAt) return;
  const waiting = queue.waiting.filter((number) => week < inCell(entries[number]!, cell).until);
  const parts = partsOf(classes, waiting);
  const isWitnessed = witnesses(classes, parts) === ALL_FIFTHS;
  if (!isWitnessed && !(areWhole(classes, parts) && isSumOfBatches(batches, waiting))) {
    queues.set(cell, { waiting, retryAt: waiting.length + Math.ceil(waiting.length / RETRY_SHARE) });
    return;
  }
  split(classes, parts, waiting);
  batches.add({ cell, week, until: untilOf(entries, cell, waiting), entries: waiting });
  queues.delete(cell);
};

interface Arrival {
  readonly number: number;
  readonly as: CellContribution;
}

const enter = ({ entries, fifths: dealt, classes, queues }: ReleaseState, arrivals: readonly Arrival[]): readonly string[] => {
  dealt.deal(arrivals.map(({ number }) => entries[number]!));
  const cells = new Set<string>();
  for (const { number, as } of arrivals) {
    classes.fifthsOf[number] = dealt.of(entries[number]!);
    for (const cell of as.cells) {
      cells.add(cell);
      const queue = queues.get(cell);
      if (queue === undefined) queues.set(cell, { waiting: [number], retryAt: 0 });
      else queue.waiting.push(number);
    }
  }
  return [...cells].sort(inOrder);
};

const byWeek = (entries: readonly CellContribution[], last: number): readonly (readonly [number, readonly Arrival[]])[] => {
  const weeks = new Map<number, Arrival[]>();
  const arrive = (number: number, as: CellContribution): void => {
    if (as.from > last || as.from >= as.until) return;
    const week = weeks.get(as.from);
    if (week === undefined) weeks.set(as.from, [{ number, as }]);
    else week.push({ number, as });
  };
  entries.forEach((entry, number) => {
    arrive(number, entry);
    if (entry.later !== undefined) arrive(number, entry.later);
  });
  return [...weeks].sort(([one], [other]) => one - other);
};

/**
 * R15: the releases of a figure in all its cells, up to the week `last`. They depend only on what was recorded by each week, so an answer
 * for a past date is the answer of that time. No sum of answers of one to four authors, or about one to four persons, is published, or follows
 * from what is, in whatever cells and weeks: no differencing (ADR 0025).
 */
export const batchesOf = (entries: readonly CellContribution[], last: number): readonly ContributionBatch[] => {
  const ledger = emptyState(entries);
  for (const [week, arrivals] of byWeek(entries, last)) enter(ledger, arrivals).forEach((cell) => tryToRelease(ledger, cell, week));
  return ledger.batches.all;
};

export interface PublishedCells {
  /** The week of its last release. */
  readonly week: number;
  /** By number. */
  readonly entries: readonly number[];
}

export interface Releases {
  /** Every cell with a contribution, published or suppressed. */
  readonly cells: readonly string[];
  /** What a cell publishes in a week, that of its last release; null where it is suppressed. */
  readonly publishedAt: (at: { readonly cell: string; readonly week: number }) => PublishedCells | null;
}

const publishedIn = (batches: readonly ContributionBatch[], week: number): PublishedCells | null => {
  const entered = batches.filter((batch) => batch.week <= week);
  const stays = entered.filter(({ until }) => week < until);
  if (stays.length === 0) return null;
  const releases = entered.flatMap((batch) => (week < batch.until ? [batch.week] : [batch.week, batch.until]));
  return { week: Math.max(...releases), entries: stays.flatMap(({ entries }) => entries) };
};

export const releasesOf = (entries: readonly CellContribution[], last: number): Releases => {
  const known = entries.flatMap((entry) => (entry.later === undefined ? [entry] : [entry, entry.later])).filter(({ from }) => from <= last);
  const batches = new Map<string, ContributionBatch[]>();
  for (const batch of batchesOf(entries, last)) {
    const list = batches.get(batch.cell);
    if (list === undefined) batches.set(batch.cell, [batch]);
    else list.push(batch);
  }
  return {
    cells: [...new Set(known.flatMap(({ cells }) => cells))].sort(inOrder),
    publishedAt: ({ cell, week }) => publishedIn(batches.get(cell) ?? [], week),
  };
};
