import type { Instant } from '#kernel/id';
import { type Interval, median, wilson } from '#domain/figures/statistics';
import type { Ballot, Counts, Sources } from './ballot';
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
  readonly read: (ballots: readonly Ballot[], at: At) => Reading;
}

const sum = (ballots: readonly Counts[], of: keyof Counts): number => ballots.reduce((total, each) => total + each[of], 0);

const share = (ballots: readonly Counts[]): Reading => {
  const [numerator, n, due] = [sum(ballots, 'hits'), sum(ballots, 'of'), sum(ballots, 'due')];
  const responseRate = due === 0 ? null : sum(ballots, 'answered') / due;
  return { value: n === 0 ? null : numerator / n, numerator, denominator: n, n, responseRate, interval: wilson(numerator, n) };
};

const shareOf =
  (question: (ballot: Ballot) => Counts): Definition['read'] =>
  (ballots) =>
    share(ballots.map(question));

const per100 = (ballots: readonly Ballot[]): Reading => {
  const { value, ...counted } = share(ballots);
  return { ...counted, value: value === null ? null : value * 100, interval: null };
};

const middle = (ballots: readonly Ballot[]): Reading => ({
  value: median(ballots.map(({ hits }) => hits)),
  ...{ numerator: null, denominator: null, n: ballots.length, responseRate: null, interval: null },
});

const hoursPerMember = (ballots: readonly Ballot[], { cell, end, sources }: At): Reading => {
  const [hours, members] = [sum(ballots, 'hits') / 60, sources.members.enrolledIn(cell, end)];
  return {
    value: members === 0 ? null : hours / members,
    numerator: hours,
    denominator: members,
    n: members,
    responseRate: null,
    interval: null,
  };
};

/** The rows of §6. */
export const definitions: Readonly<Record<Indicator, Definition>> = {
  responseRate: { ballots: everyoneDue, read: shareOf(responded) },
  satisfaction: { ballots: everyoneDue, read: shareOf(satisfied) },
  mutualSatisfaction: { ballots: mutual, read: share },
  objectivesAttained: { ballots: objectives, read: share },
  usefulHot: { ballots: learnersDue, read: shareOf(usefulHot) },
  usefulCold: { ballots: usefulCold, read: share },
  exchangeAgain: { ballots: everyoneDue, read: shareOf(again) },
  passingOn: { ballots: passingOn, read: share },
  complaintsPer100: { ballots: disputes, read: per100 },
  daysToSettle: { ballots: settlements, read: middle },
  learnerHoursPerMember: { ballots: minutesOf('learner'), read: hoursPerMember },
  giverHoursPerMember: { ballots: minutesOf('giver'), read: hoursPerMember },
};

export const indicators = Object.keys(definitions) as readonly Indicator[];
