import { cursorOf, readCursor } from '#read-store/cursor';
import type { EventId, Instant } from '#kernel/id';
import type { Dated } from './satisfaction.facts';

/** When a fact was recorded, and the event that tells it: in this order an auditor reads. */
export type EvidencePlace = string;

const placeOf = ({ rec, id }: Dated): EvidencePlace => `${rec} ${id}`;
/** An event in evidence: when it was recorded, for the order in which it is read. */
export type Recorded = Dated;
export const recordedAt = (place: EvidencePlace): Recorded => {
  const [rec = '', id = ''] = place.split(' ', 2);
  return { rec: rec as Instant, at: rec as Instant, id: id as EventId };
};

const idIn = (place: EvidencePlace): string => place.slice(place.indexOf(' ') + 1);

/** Each event once, in the order in which they were recorded. */
export const placesOf = (facts: readonly Dated[]): readonly EvidencePlace[] => [...new Set(facts.map(placeOf))].sort();

export interface EvidencePage {
  /** In the order in which they were recorded. */
  readonly eventIds: readonly string[];
  readonly next: string | null;
}

export interface PageAsked {
  readonly limit: number;
  readonly cursor?: string;
}

export const pageOf = (places: readonly EvidencePlace[], { limit, cursor }: PageAsked): EvidencePage => {
  const after = cursor === undefined ? '' : readCursor(cursor, ['text'])[0];
  const first = places.findIndex((place) => place > after);
  const rest = first === -1 ? [] : places.slice(first, first + limit + 1);
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  return { eventIds: page.map(idIn), next: last !== undefined && rest.length > limit ? cursorOf(last) : null };
};
