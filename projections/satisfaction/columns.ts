import type { FigureContribution, Counts } from './contribution';

/** What contributions add to one figure, column by column: a figure is read in hundreds of cells. */
export type Columns = Readonly<Record<keyof Counts, Float64Array>>;

export type Question = (contribution: FigureContribution) => Counts;

export const columnsOf = (contributions: readonly FigureContribution[], question: Question): Columns => {
  const column = (): Float64Array => new Float64Array(contributions.length);
  const columns = { hits: column(), of: column(), due: column(), answered: column() };
  contributions.forEach((contribution, number) => {
    const { hits, of, due, answered } = question(contribution);
    columns.hits[number] = hits;
    columns.of[number] = of;
    columns.due[number] = due;
    columns.answered[number] = answered;
  });
  return columns;
};

/** The contributions that a cell publishes, by number. */
export interface PublishedFigure {
  readonly columns: Columns;
  readonly contributions: readonly FigureContribution[];
  readonly numbers: readonly number[];
}

export const sum = ({ columns, numbers }: PublishedFigure, of: keyof Counts): number => {
  const column = columns[of];
  let total = 0;
  for (const number of numbers) total += column[number]!;
  return total;
};
