import type { Instant } from '#kernel/id';
import { type Interval, median, wilson } from '#domain/statistics';
import type { FigureContribution, Sources } from './contribution';
import { type Question, type PublishedFigure, sum } from './columns';
import { again, due, everyoneDue, responded, satisfied, usefulHot } from './indicators/evaluations';
import { asSettled, disputes, heldExchanges } from './indicators/complaints';
import type { Counted } from './cells';
import { mutualIn, objectivesIn } from './indicators/exchanges';
import { usefulCold } from './indicators/follow-ups';
import { historyOf, passingOn } from './indicators/passing-on';
import { minutesOf } from './indicators/training-volume';
import type { Dated } from './satisfaction.facts';

export type Indicator =
  | 'responseRate'
  | 'satisfaction'
  | 'mutualSatisfaction'
  | 'objectivesAttained'
  | 'usefulHot'
  | 'usefulCold'
  | 'exchangeAgain'
  | 'passingOn'
  | 'complaintsPer100'
  | 'daysToSettle'
  | 'learnerHoursPerMember'
  | 'giverHoursPerMember';

/** What a published cell says. */
export interface FigureValues {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
  readonly responseRate: number | null;
  /** Wilson, 95 %; of shares only. */
  readonly interval: Interval | null;
}

/** A cell as of a week's end. */
export interface CellAt {
  readonly cell: string;
  readonly end: Instant;
  readonly sources: Sources;
  /** What is published of the definition's own `separately`. */
  readonly separately: readonly FigureContribution[];
}

export interface Definition {
  /** Figures of the same contributions are released together: the releases are found once. */
  readonly contributions: (sources: Sources) => readonly FigureContribution[];
  /** What has releases of its own, of five or of none: other contributions bear it no witness (R15). */
  readonly separately?: (sources: Sources) => readonly FigureContribution[];
  /** What a contribution is in this figure, where it is another one in others. */
  readonly as?: (contribution: FigureContribution) => FigureContribution;
  /** Where they are counted: each for itself, the learners among them, or with all others of their exchange. */
  readonly counted: Counted;
  readonly question: Question;
  readonly read: (shown: PublishedFigure, at: CellAt) => FigureValues;
  /** Evidence of the figure beside that of its contributions. */
  readonly beside?: (at: CellAt) => readonly Dated[];
}

const shareWith = (shown: PublishedFigure, numerator: number, n: number): FigureValues => {
  const asked = sum(shown, 'due');
  const responseRate = asked === 0 ? null : sum(shown, 'answered') / asked;
  return { value: n === 0 ? null : numerator / n, numerator, denominator: n, n, responseRate, interval: wilson(numerator, n) };
};

const share = (shown: PublishedFigure): FigureValues => shareWith(shown, sum(shown, 'hits'), sum(shown, 'of'));

/** Of what is counted by exchange: each by what is published of it. */
const shareOf =
  (judge: (contributions: readonly FigureContribution[]) => Pick<FigureContribution, 'hits' | 'of'>) =>
  (shown: PublishedFigure): FigureValues => {
    const exchanges = new Map<string, FigureContribution[]>();
    for (const number of shown.numbers) {
      const contribution = shown.contributions[number]!;
      const known = exchanges.get(contribution.exchangeId);
      if (known === undefined) exchanges.set(contribution.exchangeId, [contribution]);
      else known.push(contribution);
    }
    const judged = [...exchanges.values()].map(judge);
    const total = (of: 'hits' | 'of'): number => judged.reduce((all, one) => all + one[of], 0);
    return shareWith(shown, total('hits'), total('of'));
  };

const per100 = ({ numbers: { length: n } }: PublishedFigure, { separately }: CellAt): FigureValues => ({
  value: n === 0 ? null : (separately.length / n) * 100,
  ...{ numerator: separately.length, denominator: n, n, responseRate: null, interval: null },
});

const middle = ({ columns, numbers }: PublishedFigure): FigureValues => ({
  value: median(numbers.map((number) => columns.hits[number]!)),
  ...{ numerator: null, denominator: null, n: numbers.length, responseRate: null, interval: null },
});

const hoursPerMember = (shown: PublishedFigure, { cell, end, sources }: CellAt): FigureValues => {
  const [hours, members] = [sum(shown, 'hits') / 60, sources.members.enrolledIn(cell, end)];
  return {
    value: members === 0 ? null : hours / members,
    numerator: hours,
    denominator: members,
    n: members,
    responseRate: null,
    interval: null,
  };
};

const enrolments = ({ cell, end, sources }: CellAt): readonly Dated[] => sources.members.enrolmentEvidence(end, cell);

/** The counts that the contribution has itself. */
const asCounted: Question = (contribution) => contribution;

/** The rows of §6. */
export const definitions: Readonly<Record<Indicator, Definition>> = {
  responseRate: { contributions: everyoneDue, counted: 'alone', question: responded, read: share },
  satisfaction: { contributions: everyoneDue, counted: 'alone', question: satisfied, read: share },
  mutualSatisfaction: { contributions: everyoneDue, counted: 'by-exchange', question: due, read: shareOf(mutualIn) },
  objectivesAttained: { contributions: everyoneDue, counted: 'learners', question: due, read: shareOf(objectivesIn) },
  usefulHot: { contributions: everyoneDue, counted: 'learners', question: usefulHot, read: share },
  usefulCold: { contributions: usefulCold, counted: 'alone', question: asCounted, read: share },
  exchangeAgain: { contributions: everyoneDue, counted: 'alone', question: again, read: share },
  passingOn: { contributions: passingOn, counted: 'alone', question: asCounted, read: share, beside: ({ sources }) => historyOf(sources) },
  complaintsPer100: { contributions: heldExchanges, separately: disputes, counted: 'alone', question: asCounted, read: per100 },
  daysToSettle: { contributions: disputes, as: asSettled, counted: 'settled', question: asCounted, read: middle },
  learnerHoursPerMember: {
    contributions: minutesOf('learner'),
    counted: 'alone',
    question: asCounted,
    read: hoursPerMember,
    beside: enrolments,
  },
  giverHoursPerMember: {
    contributions: minutesOf('giver'),
    counted: 'alone',
    question: asCounted,
    read: hoursPerMember,
    beside: enrolments,
  },
};

export const indicators = Object.keys(definitions) as readonly Indicator[];
