import type { Instant } from '#kernel/id';
import { isThere, type Moves, movesOf, NETWORK, shownSince } from '#domain/figures/moves';
import type { Ballot, Sources } from './ballot';
import { type Definition, definitions, type Indicator, indicators, type Reading } from './figure';
import type { Dated } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';
import { sourcesOf } from './sources';

/** One at a time (R15). */
export const dimensions = ['network', 'site', 'unit', 'topic', 'role'] as const;
export type Dimension = (typeof dimensions)[number];

export type SatisfactionFigure = {
  readonly indicator: Indicator;
  /** `network`, `site:CODE`, `unit:CODE`, `topic:URI`, `role:giver`… */
  readonly cell: string;
} & (
  | { readonly hidden: true }
  | ({ readonly hidden: false; /** The end of the week in which it last moved. */ readonly movedAt: Instant } & Reading)
);

/** Ballots with all their steps up to the date. */
interface Stepped {
  readonly ballotsOf: ReadonlyMap<string, readonly Ballot[]>;
  readonly moves: Moves;
  readonly week: number;
}

const byCell = (ballots: readonly Ballot[]): ReadonlyMap<string, readonly Ballot[]> => {
  const cells = new Map<string, Ballot[]>();
  for (const ballot of ballots) {
    for (const cell of ballot.cells) {
      const known = cells.get(cell);
      if (known === undefined) cells.set(cell, [ballot]);
      else known.push(ballot);
    }
  }
  return cells;
};

const stepped = (sources: Sources, { ballots: all }: Definition): Stepped => {
  const week = sources.weeks.ends.length - 1;
  const ballots = all(sources).filter(({ from }) => from <= week);
  return { ballotsOf: byCell(ballots), moves: movesOf(ballots, week), week };
};

/** What a cell answers with, and since which week; null while it is hidden. */
const shownOf = (
  { ballotsOf, moves, week }: Stepped,
  cell: string,
): { readonly since: number; readonly ballots: readonly Ballot[] } | null => {
  const since = shownSince(moves, { cell, week });
  return since === null ? null : { since, ballots: (ballotsOf.get(cell) ?? []).filter((ballot) => isThere(ballot, since)) };
};

const figureOf =
  (sources: Sources, indicator: Indicator, steps: Stepped) =>
  (cell: string): SatisfactionFigure => {
    const shown = shownOf(steps, cell);
    const movedAt = shown === null ? undefined : sources.weeks.ends[shown.since];
    if (shown === null || movedAt === undefined) return { indicator, cell, hidden: true };
    return { indicator, cell, hidden: false, movedAt, ...definitions[indicator].read(shown.ballots, { cell, end: movedAt, sources }) };
  };

const isOf = (cell: string, dimension: Dimension): boolean => cell === dimension || cell.startsWith(`${dimension}:`);

const cellsIn = ({ moves }: Stepped, dimension: Dimension): readonly string[] =>
  dimension === NETWORK ? [NETWORK] : [...moves.keys()].filter((cell) => isOf(cell, dimension));

export interface Of {
  readonly indicator: Indicator;
  readonly cell: string;
}

/** What a network answers as of a date; steps are found once, for all dimensions. */
export interface Answers {
  /** Every figure of §6 in the cells of one dimension (R15). */
  readonly figures: (dimension: Dimension) => readonly SatisfactionFigure[];
  /** The facts behind a figure that is shown; none behind a hidden one. For the auditor alone (§6). */
  readonly behind: (of: Of) => readonly Dated[];
}

export const answersAt = (rows: readonly SatisfactionRow[], asOf: Instant): Answers => {
  const sources = sourcesOf(rows, asOf);
  const found = new Map<Definition['ballots'], Stepped>();
  const steps = (indicator: Indicator): Stepped => {
    const { ballots } = definitions[indicator];
    const known = found.get(ballots) ?? stepped(sources, definitions[indicator]);
    found.set(ballots, known);
    return known;
  };
  const figuresOf = (indicator: Indicator, dimension: Dimension): readonly SatisfactionFigure[] =>
    cellsIn(steps(indicator), dimension).map(figureOf(sources, indicator, steps(indicator)));
  return {
    figures: (dimension) => indicators.flatMap((indicator) => figuresOf(indicator, dimension)),
    behind: ({ indicator, cell }) => shownOf(steps(indicator), cell)?.ballots.flatMap(({ opens }) => opens) ?? [],
  };
};
