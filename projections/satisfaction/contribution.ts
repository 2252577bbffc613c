import type { Instant } from '#kernel/id';
import { type CellContribution, NETWORK } from '#domain/disclosure/releases';
import type { Stay, WeekCalendar } from './calendar';
import type { Members } from './members';
import type { EvaluationFact, Dated, ExchangeFact } from './satisfaction.facts';

/** What a contribution adds to a figure. */
export interface Counts {
  readonly hits: number;
  readonly of: number;
  /** How many were due, and answered, for the response rate. */
  readonly due: number;
  readonly answered: number;
}

/** What decides the cells of a contribution: the sites and units of these persons, as known then, and the topic of the exchange. */
export interface Placed {
  readonly persons: readonly string[];
  readonly known: Instant;
  readonly exchange: ExchangeFacts;
  /** What tells who these persons are, where the contribution's own events do not. */
  readonly told?: readonly Dated[];
}

/** One contribution to a figure of §6. */
export interface FigureContribution extends CellContribution, Counts {
  readonly evidence: readonly Dated[];
  readonly placed: Placed;
  /** Whose answers are counted together, where a figure counts exchanges. */
  readonly exchangeId: string;
  /** The form, where several figures ask it different things. */
  readonly answer: EvaluationFact | undefined;
  readonly later?: FigureContribution | undefined;
}

export interface ExchangeFacts {
  readonly id: string;
  readonly topicUri: string | null;
  readonly facts: readonly ExchangeFact[];
}

/** What the figures are counted from. */
export interface Sources {
  /** The network's opening, whose time zone fixes the weeks. */
  readonly opened: readonly Dated[];
  readonly exchanges: readonly ExchangeFacts[];
  readonly members: Members;
  readonly weeks: WeekCalendar;
}

interface Occasion {
  readonly persons: readonly string[];
  readonly known: Instant;
  readonly topicUri: string | null;
  readonly role?: string;
}

/** The cells of a contribution: the sites and units of its persons at the time, its topic, its role; one dimension at a time is shown. */
export const cellsOf = (members: Members, { persons, known, topicUri, role }: Occasion): readonly string[] => {
  const cells = [NETWORK];
  for (const id of persons) {
    const place = members.placeOf(id, known);
    if (place !== null) cells.push(members.cell('site', place.site), members.cell('unit', place.unit));
  }
  if (topicUri !== null) cells.push(members.cell('topic', topicUri));
  if (role !== undefined) cells.push(members.cell('role', role));
  return persons.length > 1 ? [...new Set(cells)] : cells;
};

type ContributionInput = Pick<FigureContribution, 'authors' | 'judged' | 'cells' | 'evidence' | 'placed'> &
  Partial<Counts & Pick<FigureContribution, 'answer' | 'exchangeId' | 'later'>>;

/** None where the week in which it would enter has not ended. All have one shape: there are many, and they are read often. */
export const contribution = ({ from, until }: Stay, said: ContributionInput): readonly FigureContribution[] => {
  if (from >= until) return [];
  const { authors, judged, cells, evidence, placed, answer, later, exchangeId = '', hits = 0, of = 0, due = 0, answered = 0 } = said;
  return [{ authors, judged, cells, from, until, evidence, placed, exchangeId, answer, later, hits, of, due, answered }];
};
