import type { Instant } from '#kernel/id';
import { NETWORK, type Steps, stepsOf } from '#domain/figures/moves';
import { cellIn } from './cells';
import type { Ballot, Sources } from './ballot';
import { columnsOf } from './columns';
import { type Definition, definitions, type Indicator, indicators, type Reading } from './figure';
import type { Dated } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';
import { openedBy } from './opened-by';
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
  readonly ballots: readonly Ballot[];
  readonly steps: Steps;
  readonly week: number;
}

const stepped = (sources: Sources, cast: Definition['ballots']): Stepped => {
  const week = sources.weeks.ends.length - 1;
  const ballots = cast(sources).filter(({ from }) => from <= week);
  return { ballots, steps: stepsOf(ballots, week), week };
};

const dimensionOf = (cell: string): string => cell.split(':', 1)[0] ?? cell;

/** One figure in all its cells; in the network also where nobody has a voice yet. */
const figuresOf = (sources: Sources, indicator: Indicator, { ballots, steps, week }: Stepped): readonly SatisfactionFigure[] => {
  const { question, read, counted } = definitions[indicator];
  const columns = columnsOf(ballots, question);
  const entered = new Set(steps.cells);
  const cells = new Set([NETWORK, ...steps.cells]);
  return [...cells].flatMap((cell): readonly SatisfactionFigure[] => {
    const told = cellIn(counted, cell);
    if (told === null || (cell !== NETWORK && !entered.has(told))) return [];
    const shown = steps.shownAt({ cell: told, week });
    const movedAt = shown === null ? undefined : sources.weeks.ends[shown.week];
    if (shown === null || movedAt === undefined) return [{ indicator, cell, hidden: true }];
    const said = read({ columns, ballots, numbers: shown.entries }, { cell, end: movedAt, sources });
    return [{ indicator, cell, hidden: false, movedAt, ...said }];
  });
};

export interface Of {
  /** The closings alone, which tell who was due and who answered, and no form. */
  readonly closings?: true;
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

/** What was made last, kept until another is asked for: steps of many ballots are large. */
const lastOf = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, value: make(key) };
    return last.value;
  };
};

/** The indicators, those of the same ballots one after the other. */
const byBallots = [...new Set(indicators.map((indicator) => definitions[indicator].ballots))].flatMap((ballots) =>
  indicators.filter((indicator) => definitions[indicator].ballots === ballots),
);

export const answersAt = (rows: readonly SatisfactionRow[], asOf: Instant): Answers => {
  const sources = sourcesOf(rows, asOf);
  const steppedOf = lastOf((ballots: Definition['ballots']) => stepped(sources, ballots));
  const found = new Map<Indicator, readonly SatisfactionFigure[]>();
  const findAll = (): void =>
    byBallots.forEach((indicator) => found.set(indicator, figuresOf(sources, indicator, steppedOf(definitions[indicator].ballots))));
  return {
    figures: (dimension) => {
      if (found.size === 0) findAll();
      return indicators.flatMap((indicator) => (found.get(indicator) ?? []).filter(({ cell }) => dimensionOf(cell) === dimension));
    },
    behind: ({ indicator, cell, closings }) => {
      const { counted, ballots: cast, beside } = definitions[indicator];
      const { ballots, steps, week } = steppedOf(cast);
      const told = cellIn(counted, cell);
      const shown = told === null ? null : steps.shownAt({ cell: told, week });
      const end = shown === null ? undefined : sources.weeks.ends[shown.week];
      if (shown === null || end === undefined) return [];
      const counting = shown.entries.flatMap((number) => ballots[number] ?? []);
      if (closings === true) return counting.flatMap(({ opens }) => opens.slice(-1));
      return openedBy(counting, { cell, end, sources }, beside);
    },
  };
};
