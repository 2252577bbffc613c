import type { Instant } from '#kernel/id';
import { type Interval, median, wilson } from '#domain/figures/statistics';
import type { Ballot, Sources } from './ballot';
import { type Question, type Shown, sum } from './columns';
import { again, everyoneDue, learnersDue, responded, satisfied, usefulHot } from './indicators/answers';
import { disputes, settlements } from './indicators/complaints';
import { mutual, objectives } from './indicators/exchanges';
import { usefulCold } from './indicators/follow-ups';
import { passingOn } from './indicators/passing-on';
import { minutesOf } from './indicators/training-volume';

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
}

export interface Definition {
  /** Figures of the same ballots move together: their steps are found once. */
  readonly ballots: (sources: Sources) => readonly Ballot[];
  readonly question: Question;
  readonly read: (shown: Shown, at: At) => Reading;
}

const share = (shown: Shown): Reading => {
  const [numerator, n, due] = [sum(shown, 'hits'), sum(shown, 'of'), sum(shown, 'due')];
  const responseRate = due === 0 ? null : sum(shown, 'answered') / due;
  return { value: n === 0 ? null : numerator / n, numerator, denominator: n, n, responseRate, interval: wilson(numerator, n) };
};

const per100 = (shown: Shown): Reading => {
  const { value, ...counted } = share(shown);
  return { ...counted, value: value === null ? null : value * 100, interval: null };
};

const middle = ({ columns, ballots }: Shown): Reading => ({
  value: median(ballots.map((ballot) => columns.hits[ballot]!)),
  ...{ numerator: null, denominator: null, n: ballots.length, responseRate: null, interval: null },
});

const hoursPerMember = (shown: Shown, { cell, end, sources }: At): Reading => {
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

/** What a ballot counts was known when it was cast. */
const asCounted: Question = (ballot) => ballot;

/** The rows of §6. */
export const definitions: Readonly<Record<Indicator, Definition>> = {
  responseRate: { ballots: everyoneDue, question: responded, read: share },
  satisfaction: { ballots: everyoneDue, question: satisfied, read: share },
  mutualSatisfaction: { ballots: mutual, question: asCounted, read: share },
  objectivesAttained: { ballots: objectives, question: asCounted, read: share },
  usefulHot: { ballots: learnersDue, question: usefulHot, read: share },
  usefulCold: { ballots: usefulCold, question: asCounted, read: share },
  exchangeAgain: { ballots: everyoneDue, question: again, read: share },
  passingOn: { ballots: passingOn, question: asCounted, read: share },
  complaintsPer100: { ballots: disputes, question: asCounted, read: per100 },
  daysToSettle: { ballots: settlements, question: asCounted, read: middle },
  learnerHoursPerMember: { ballots: minutesOf('learner'), question: asCounted, read: hoursPerMember },
  giverHoursPerMember: { ballots: minutesOf('giver'), question: asCounted, read: hoursPerMember },
};

export const indicators = Object.keys(definitions) as readonly Indicator[];
