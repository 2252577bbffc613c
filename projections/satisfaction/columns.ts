import type { Ballot, Counts } from './ballot';

/** What ballots add to one figure, column by column: a figure is read in hundreds of cells. */
export type Columns = Readonly<Record<keyof Counts, Float64Array>>;

export type Question = (ballot: Ballot) => Counts;

export const columnsOf = (ballots: readonly Ballot[], question: Question): Columns => {
  const column = (): Float64Array => new Float64Array(ballots.length);
  const columns = { hits: column(), of: column(), due: column(), answered: column() };
  ballots.forEach((ballot, number) => {
    const { hits, of, due, answered } = question(ballot);
    columns.hits[number] = hits;
    columns.of[number] = of;
    columns.due[number] = due;
    columns.answered[number] = answered;
  });
  return columns;
};

/** The ballots that a cell shows, by number. */
export interface PublishedFigure {
  readonly columns: Columns;
  readonly ballots: readonly Ballot[];
  readonly numbers: readonly number[];
}

export const sum = ({ columns, numbers }: PublishedFigure, of: keyof Counts): number => {
  const column = columns[of];
  let total = 0;
  for (const number of numbers) total += column[number]!;
  return total;
};
