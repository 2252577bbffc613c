import type { Instant } from '#kernel/id';
import { NETWORK, type Steps, stepsOf } from '#domain/disclosure/moves';
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

interface ShownCell {
  readonly entries: readonly Ballot[];
  readonly numbers: readonly number[];
  readonly apart: readonly Ballot[];
  /** The end of the week in which it last moved. */
  readonly end: Instant;
}

/** What a cell shows in the last week; null where it is hidden. What is apart is in a cell that is shown, and moves by itself. */
const shownIn = ({ ballots, steps, week }: Stepped, apart: Stepped | null, at: { cell: string; sources: Sources }): ShownCell | null => {
  const shown = steps.shownAt({ cell: at.cell, week });
  const beside = apart?.steps.shownAt({ cell: at.cell, week }) ?? null;
  const end = shown === null ? undefined : at.sources.weeks.ends[Math.max(shown.week, beside?.week ?? 0)];
  if (shown === null || end === undefined) return null;
  const of = (stood: readonly Ballot[], numbers: readonly number[]) => numbers.flatMap((number) => stood[number] ?? []);
  return { entries: of(ballots, shown.entries), numbers: shown.entries, apart: of(apart?.ballots ?? [], beside?.entries ?? []), end };
};

const dimensionOf = (cell: string): string => cell.split(':', 1)[0] ?? cell;

/** One figure in all its cells; in the network also where nobody has a voice yet. */
const figuresOf = (
  sources: Sources,
  indicator: Indicator,
  { stood, apart }: { stood: Stepped; apart: Stepped | null },
): readonly SatisfactionFigure[] => {
  const { ballots, steps } = stood;
  const { question, read, counted, as } = definitions[indicator];
  const columns = columnsOf(as === undefined ? ballots : ballots.map(as), question);
  const entered = new Set(steps.cells);
  const cells = new Set([NETWORK, ...steps.cells]);
  return [...cells].flatMap((cell): readonly SatisfactionFigure[] => {
    const told = cellIn(counted, cell);
    if (told === null || (cell !== NETWORK && !entered.has(told))) return [];
    const shown = shownIn(stood, apart, { cell: told, sources });
    if (shown === null) return [{ indicator, cell, hidden: true }];
    const { numbers, end } = shown;
    const said = read({ columns, ballots, numbers }, { cell, end, sources, apart: shown.apart });
    return [{ indicator, cell, hidden: false, movedAt: end, ...said }];
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

const itself = (ballot: Ballot): Ballot => ballot;

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
  const apartOf = ({ apart }: Definition): Stepped | null => (apart === undefined ? null : stepped(sources, apart));
  const found = new Map<Indicator, readonly SatisfactionFigure[]>();
  const findAll = (): void =>
    byBallots.forEach((indicator) => {
      const definition = definitions[indicator];
      found.set(indicator, figuresOf(sources, indicator, { stood: steppedOf(definition.ballots), apart: apartOf(definition) }));
    });
  return {
    figures: (dimension) => {
      if (found.size === 0) findAll();
      return indicators.flatMap((indicator) => (found.get(indicator) ?? []).filter(({ cell }) => dimensionOf(cell) === dimension));
    },
    behind: ({ indicator, cell, closings }) => {
      const definition = definitions[indicator];
      const told = cellIn(definition.counted, cell);
      const shown = told === null ? null : shownIn(steppedOf(definition.ballots), apartOf(definition), { cell: told, sources });
      if (shown === null) return [];
      const { entries, apart, end } = shown;
      if (closings === true) return entries.flatMap(({ opens }) => opens.slice(-1));
      return openedBy([...entries.map(definition.as ?? itself), ...apart], { cell, end, sources, apart }, definition.beside);
    },
  };
};
