import type { Instant } from '#kernel/id';
import { type Interval, median, wilson } from '#domain/statistics';
import type { Ballot, Sources } from './ballot';
import { type Question, type PublishedFigure, sum } from './columns';
import { again, due, everyoneDue, responded, satisfied, usefulHot } from './indicators/answers';
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

/** What a shown cell says. */
export interface Reading {
  readonly value: number | null;
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly n: number;
  readonly responseRate: number | null;
  /** Wilson, 95 %; of shares only. */
  readonly interval: Interval | null;
}

/** Where and as of when a cell is read. */
export interface At {
  readonly cell: string;
  readonly end: Instant;
  readonly sources: Sources;
  /** What is shown of the definition's own `apart`. */
  readonly apart: readonly Ballot[];
}

export interface Definition {
  /** Figures of the same ballots move together: their steps are found once. */
  readonly ballots: (sources: Sources) => readonly Ballot[];
  /** What moves by steps of its own, told of five or of nobody: those around it bear it no witness (R15). */
  readonly apart?: (sources: Sources) => readonly Ballot[];
  /** What a ballot is in this figure, where it is another thing in others. */
  readonly as?: (ballot: Ballot) => Ballot;
  /** Where they are counted: each for itself, the learners among them, or with all others of their exchange. */
  readonly counted: Counted;
  readonly question: Question;
  readonly read: (shown: PublishedFigure, at: At) => Reading;
  /** What opens the figure beside its ballots. */
  readonly beside?: (at: At) => readonly Dated[];
}

const shareWith = (shown: PublishedFigure, numerator: number, n: number): Reading => {
  const asked = sum(shown, 'due');
  const responseRate = asked === 0 ? null : sum(shown, 'answered') / asked;
  return { value: n === 0 ? null : numerator / n, numerator, denominator: n, n, responseRate, interval: wilson(numerator, n) };
};

const share = (shown: PublishedFigure): Reading => shareWith(shown, sum(shown, 'hits'), sum(shown, 'of'));

/** Of what is judged by exchange: each by what is shown of it. */
const shareOf =
  (judge: (ballots: readonly Ballot[]) => Pick<Ballot, 'hits' | 'of'>) =>
  (shown: PublishedFigure): Reading => {
    const exchanges = new Map<string, Ballot[]>();
    for (const number of shown.numbers) {
      const ballot = shown.ballots[number]!;
      const known = exchanges.get(ballot.exchangeId);
      if (known === undefined) exchanges.set(ballot.exchangeId, [ballot]);
      else known.push(ballot);
    }
    const judged = [...exchanges.values()].map(judge);
    const total = (of: 'hits' | 'of'): number => judged.reduce((all, one) => all + one[of], 0);
    return shareWith(shown, total('hits'), total('of'));
  };

const per100 = ({ numbers: { length: n } }: PublishedFigure, { apart }: At): Reading => ({
  value: n === 0 ? null : (apart.length / n) * 100,
  ...{ numerator: apart.length, denominator: n, n, responseRate: null, interval: null },
});

const middle = ({ columns, numbers }: PublishedFigure): Reading => ({
  value: median(numbers.map((number) => columns.hits[number]!)),
  ...{ numerator: null, denominator: null, n: numbers.length, responseRate: null, interval: null },
});

const hoursPerMember = (shown: PublishedFigure, { cell, end, sources }: At): Reading => {
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

const enrolments = ({ end, sources }: At): readonly Dated[] => sources.members.enrolmentsTold(end);

/** What a ballot counts was known when it was cast. */
const asCounted: Question = (ballot) => ballot;

/** The rows of §6. */
export const definitions: Readonly<Record<Indicator, Definition>> = {
  responseRate: { ballots: everyoneDue, counted: 'alone', question: responded, read: share },
  satisfaction: { ballots: everyoneDue, counted: 'alone', question: satisfied, read: share },
  mutualSatisfaction: { ballots: everyoneDue, counted: 'by-exchange', question: due, read: shareOf(mutualIn) },
  objectivesAttained: { ballots: everyoneDue, counted: 'learners', question: due, read: shareOf(objectivesIn) },
  usefulHot: { ballots: everyoneDue, counted: 'learners', question: usefulHot, read: share },
  usefulCold: { ballots: usefulCold, counted: 'alone', question: asCounted, read: share },
  exchangeAgain: { ballots: everyoneDue, counted: 'alone', question: again, read: share },
  passingOn: { ballots: passingOn, counted: 'alone', question: asCounted, read: share, beside: ({ sources }) => historyOf(sources) },
  complaintsPer100: { ballots: heldExchanges, apart: disputes, counted: 'alone', question: asCounted, read: per100 },
  daysToSettle: { ballots: disputes, as: asSettled, counted: 'settled', question: asCounted, read: middle },
  learnerHoursPerMember: { ballots: minutesOf('learner'), counted: 'alone', question: asCounted, read: hoursPerMember, beside: enrolments },
  giverHoursPerMember: { ballots: minutesOf('giver'), counted: 'alone', question: asCounted, read: hoursPerMember, beside: enrolments },
};

export const indicators = Object.keys(definitions) as readonly Indicator[];
