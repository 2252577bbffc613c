import type { Instant } from '#kernel/id';
import { type Moves, movesOf, NETWORK, shownIn } from '#domain/figures/moves';
import type { Ballot, ExchangeFacts, Sources } from './ballot';
import { weekCalendar } from './calendar';
import { definitions, type Indicator, indicators, type Reading } from './figure';
import { membersOf } from './members';
import { factsOf } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';

/** One at a time (R15). */
export type Dimension = 'network' | 'site' | 'unit' | 'topic' | 'role';

export type SatisfactionFigure = {
  readonly indicator: Indicator;
  /** `network`, `site:CODE`, `unit:CODE`, `topic:URI`, `role:giver`… */
  readonly cell: string;
} & (
  | { readonly hidden: true }
  | ({ readonly hidden: false; /** The end of the week in which it last moved. */ readonly movedAt: Instant } & Reading)
);

const DEFAULT_TIME_ZONE = 'Europe/Paris';

type RowOf<K extends SatisfactionRow['kind']> = Extract<SatisfactionRow, { kind: K }>;
const rowsOf = <K extends SatisfactionRow['kind']>(rows: readonly SatisfactionRow[], kind: K): readonly RowOf<K>[] =>
  rows.filter((row): row is RowOf<K> => row.kind === kind);

export const timeZoneOf = (rows: readonly SatisfactionRow[]): string => rowsOf(rows, 'network')[0]?.facts[0]?.timeZone ?? DEFAULT_TIME_ZONE;

const exchangeOf = ({ id, facts }: RowOf<'exchange'>, asOf: Instant): ExchangeFacts => {
  const known = facts.filter(({ rec }) => rec <= asOf);
  return { id, topicUri: factsOf(known, 'ExchangeAgreed')[0]?.topicUri ?? null, facts: known };
};

export const sourcesOf = (rows: readonly SatisfactionRow[], asOf: Instant): Sources => {
  const exchanges = rowsOf(rows, 'exchange').map((row) => exchangeOf(row, asOf));
  const first = exchanges.flatMap(({ facts }) => facts).reduce((least, { at }) => (at < least ? at : least), asOf);
  return { exchanges, members: membersOf(rowsOf(rows, 'member')), weeks: weekCalendar(first, asOf, timeZoneOf(rows)) };
};

/** One figure with all its steps up to the date. */
interface Stepped {
  readonly ballots: readonly Ballot[];
  readonly moves: Moves;
  readonly week: number;
}

const stepped = (sources: Sources, indicator: Indicator): Stepped => {
  const week = sources.weeks.ends.length - 1;
  const ballots = definitions[indicator].ballots(sources).filter(({ from }) => from <= week);
  return { ballots, moves: movesOf(ballots, week), week };
};

const isOf = (cell: string, dimension: Dimension): boolean => cell === dimension || cell.startsWith(`${dimension}:`);

const figureOf =
  (sources: Sources, indicator: Indicator, { ballots, moves, week }: Stepped) =>
  (cell: string): SatisfactionFigure => {
    const shown = shownIn(ballots, moves, { cell, week });
    const movedAt = shown === null ? undefined : sources.weeks.ends[shown.week];
    if (shown === null || movedAt === undefined) return { indicator, cell, hidden: true };
    return { indicator, cell, hidden: false, movedAt, ...definitions[indicator].read(shown.entries, { cell, end: movedAt, sources }) };
  };

/** What a network answers as of a date; each indicator's steps are found once, for all dimensions. */
export interface Answers {
  /** Every figure of §6 in the cells of one dimension (R15). */
  readonly figures: (dimension: Dimension) => readonly SatisfactionFigure[];
  /** The facts behind a figure that is shown; none behind a hidden one. For the auditor alone (§6). */
  readonly behind: (of: { readonly indicator: Indicator; readonly cell: string }) => Ballot['opens'];
}

export const answersAt = (rows: readonly SatisfactionRow[], asOf: Instant): Answers => {
  const sources = sourcesOf(rows, asOf);
  const found = new Map<Indicator, Stepped>();
  const steps = (indicator: Indicator): Stepped => {
    const known = found.get(indicator) ?? stepped(sources, indicator);
    found.set(indicator, known);
    return known;
  };
  return {
    figures: (dimension) =>
      indicators.flatMap((indicator) => {
        const cells = dimension === NETWORK ? [NETWORK] : [...steps(indicator).moves.keys()].filter((cell) => isOf(cell, dimension));
        return cells.map(figureOf(sources, indicator, steps(indicator)));
      }),
    behind: ({ indicator, cell }) => {
      const { ballots, moves, week } = steps(indicator);
      return shownIn(ballots, moves, { cell, week })?.entries.flatMap(({ opens }) => opens) ?? [];
    },
  };
};
