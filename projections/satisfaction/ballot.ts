import type { Instant } from '#kernel/id';
import { type Entry, NETWORK } from '#domain/figures/moves';
import type { Stay, WeekCalendar } from './calendar';
import type { Members } from './members';
import type { Dated, ExchangeFact } from './satisfaction.facts';

/** One contribution to a figure of §6. */
export interface Ballot extends Entry {
  readonly hits: number;
  readonly of: number;
  /** How many were due, and answered, for the response rate. */
  readonly due: number;
  readonly answered: number;
  readonly opens: readonly Dated[];
}

export interface ExchangeFacts {
  readonly id: string;
  readonly topicUri: string | null;
  readonly facts: readonly ExchangeFact[];
}

/** What the figures are counted from. */
export interface Sources {
  readonly exchanges: readonly ExchangeFacts[];
  readonly members: Members;
  readonly weeks: WeekCalendar;
}

interface Where {
  readonly persons: readonly string[];
  readonly known: Instant;
  readonly topicUri: string | null;
  readonly role?: string;
}

/** The cells of a contribution: the sites and units of its persons at the time, its topic, its role; one dimension at a time is shown. */
export const cellsOf = (members: Members, { persons, known, topicUri, role }: Where): readonly string[] => {
  const places = persons.flatMap((id) => members.placeOf(id, known) ?? []);
  const cells = places.flatMap(({ site, unit }) => [`site:${site}`, `unit:${unit}`]);
  return [
    ...new Set([NETWORK, ...cells, ...(topicUri === null ? [] : [`topic:${topicUri}`]), ...(role === undefined ? [] : [`role:${role}`])]),
  ];
};

type Said = Pick<Ballot, 'authors' | 'judged' | 'cells' | 'opens'> & Partial<Pick<Ballot, 'hits' | 'of' | 'due' | 'answered'>>;

/** None where the week in which it would enter has not ended. */
export const ballot = (stay: Stay, said: Said): readonly Ballot[] =>
  stay.from < stay.until ? [{ hits: 0, of: 0, due: 0, answered: 0, ...said, ...stay }] : [];
