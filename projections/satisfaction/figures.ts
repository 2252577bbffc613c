import type { Instant } from '#kernel/id';
import { NETWORK, type Releases, releasesOf } from '#domain/disclosure/releases';
import { cellIn } from './cells';
import type { FigureContribution, Sources } from './contribution';
import { columnsOf } from './columns';
import { type Definition, definitions, type Indicator, indicators, type FigureValues } from './definitions';
import type { Dated } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';
import { evidenceFor } from './evidence-for';
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
  | ({ readonly hidden: false; /** The end of the week of its last release. */ readonly movedAt: Instant } & FigureValues)
);

/** Contributions with all their releases up to the date. */
interface Released {
  readonly contributions: readonly FigureContribution[];
  readonly releases: Releases;
  readonly week: number;
}

const releasedOf = (sources: Sources, from: Definition['contributions']): Released => {
  const week = sources.weeks.ends.length - 1;
  const contributions = from(sources).filter(({ from }) => from <= week);
  return { contributions, releases: releasesOf(contributions, week), week };
};

interface PublishedCell {
  readonly entries: readonly FigureContribution[];
  readonly numbers: readonly number[];
  readonly separately: readonly FigureContribution[];
  /** The end of the week of its last release. */
  readonly end: Instant;
}

/** What a cell publishes in the last week; null where it is suppressed. What is published separately has releases of its own. */
const publishedIn = (
  { contributions, releases, week }: Released,
  separate: Released | null,
  at: { cell: string; sources: Sources },
): PublishedCell | null => {
  const shown = releases.publishedAt({ cell: at.cell, week });
  const beside = separate?.releases.publishedAt({ cell: at.cell, week }) ?? null;
  const end = shown === null ? undefined : at.sources.weeks.ends[Math.max(shown.week, beside?.week ?? 0)];
  if (shown === null || end === undefined) return null;
  const of = (all: readonly FigureContribution[], numbers: readonly number[]) => numbers.flatMap((number) => all[number] ?? []);
  return {
    entries: of(contributions, shown.entries),
    numbers: shown.entries,
    separately: of(separate?.contributions ?? [], beside?.entries ?? []),
    end,
  };
};

const dimensionOf = (cell: string): string => cell.split(':', 1)[0] ?? cell;

/** One figure in all its cells; in the network also where there is no contribution yet. */
const figuresOf = (
  sources: Sources,
  indicator: Indicator,
  { main, separate }: { main: Released; separate: Released | null },
): readonly SatisfactionFigure[] => {
  const { contributions, releases } = main;
  const { question, read, counted, as } = definitions[indicator];
  const columns = columnsOf(as === undefined ? contributions : contributions.map(as), question);
  const entered = new Set(releases.cells);
  const cells = new Set([NETWORK, ...releases.cells]);
  return [...cells].flatMap((cell): readonly SatisfactionFigure[] => {
    const counting = cellIn(counted, cell);
    if (counting === null || (cell !== NETWORK && !entered.has(counting))) return [];
    const shown = publishedIn(main, separate, { cell: counting, sources });
    if (shown === null) return [{ indicator, cell, hidden: true }];
    const { numbers, end } = shown;
    const said = read({ columns, contributions, numbers }, { cell, end, sources, separately: shown.separately });
    return [{ indicator, cell, hidden: false, movedAt: end, ...said }];
  });
};

export interface FigureSelector {
  /** The closings alone, which tell who was due and who answered, and no form. */
  readonly closings?: true;
  readonly indicator: Indicator;
  readonly cell: string;
}

/** A network's figures as of a date; releases are found once, for all dimensions. */
export interface FiguresAsOf {
  /** Every figure of §6 in the cells of one dimension (R15). */
  readonly figures: (dimension: Dimension) => readonly SatisfactionFigure[];
  /** The facts behind a published figure; none behind a suppressed one. For the auditor alone (§6). */
  readonly evidenceOf: (of: FigureSelector) => readonly Dated[];
  /** Whom a published figure counts; null where it is suppressed. */
  readonly countedIn: (of: FigureSelector) => CountedPersons | null;
}

export interface CountedPersons {
  /** By opaque id: who answered, gave, learnt or disputed. Not what anybody said (R15). */
  readonly persons: readonly string[];
  /** How many evaluations or follow-ups were due, and were answered. */
  readonly due: number;
  readonly answered: number;
}

const countedOf = (entries: readonly FigureContribution[]): CountedPersons => {
  const total = (of: 'due' | 'answered'): number => entries.reduce((all, entry) => all + entry[of], 0);
  return { persons: [...new Set(entries.flatMap(({ authors }) => authors))].sort(), due: total('due'), answered: total('answered') };
};

const itself = (contribution: FigureContribution): FigureContribution => contribution;

/** What was made last, kept until another is asked for: releases of many contributions are large. */
const lastOf = <K, V>(make: (key: K) => V): ((key: K) => V) => {
  let last: { readonly key: K; readonly value: V } | undefined;
  return (key) => {
    if (last === undefined || last.key !== key) last = { key, value: make(key) };
    return last.value;
  };
};

/** The indicators, those of the same contributions one after the other. */
const byContributions = [...new Set(indicators.map((indicator) => definitions[indicator].contributions))].flatMap((contributions) =>
  indicators.filter((indicator) => definitions[indicator].contributions === contributions),
);

export const figuresAsOf = (rows: readonly SatisfactionRow[], asOf: Instant): FiguresAsOf => {
  const sources = sourcesOf(rows, asOf);
  const mainOf = lastOf((contributions: Definition['contributions']) => releasedOf(sources, contributions));
  const separateOf = ({ separately }: Definition): Released | null => (separately === undefined ? null : releasedOf(sources, separately));
  const found = new Map<Indicator, readonly SatisfactionFigure[]>();
  const findAll = (): void =>
    byContributions.forEach((indicator) => {
      const definition = definitions[indicator];
      found.set(indicator, figuresOf(sources, indicator, { main: mainOf(definition.contributions), separate: separateOf(definition) }));
    });
  const shownIn = ({ indicator, cell }: FigureSelector): PublishedCell | null => {
    const definition = definitions[indicator];
    const counting = cellIn(definition.counted, cell);
    return counting === null ? null : publishedIn(mainOf(definition.contributions), separateOf(definition), { cell: counting, sources });
  };
  return {
    figures: (dimension) => {
      if (found.size === 0) findAll();
      return indicators.flatMap((indicator) => (found.get(indicator) ?? []).filter(({ cell }) => dimensionOf(cell) === dimension));
    },
    evidenceOf: (of) => {
      const { cell, closings } = of;
      const definition = definitions[of.indicator];
      const shown = shownIn(of);
      if (shown === null) return [];
      const { entries, separately, end } = shown;
      if (closings === true) return entries.flatMap(({ evidence }) => evidence.slice(-1));
      return evidenceFor([...entries.map(definition.as ?? itself), ...separately], { cell, end, sources, separately }, definition.beside);
    },
    countedIn: (of) => {
      const shown = shownIn(of);
      // what divides complaints is E, and nobody's
      return shown && countedOf(definitions[of.indicator].separately ? shown.separately : shown.entries);
    },
  };
};
