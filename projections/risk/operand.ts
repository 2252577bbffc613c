/** What ids name: an event, where what it tells has no id of its own. */
export type Subject = 'members' | 'exchanges' | 'offers' | 'requests' | 'topics' | 'sessions' | 'matches' | 'events';

export interface Counting {
  readonly of: Subject;
  readonly ids: readonly string[];
}

/** A part of a figure's formula, with what it counts. */
export interface Operand extends Counting {
  readonly name: 'numerator' | 'denominator' | 'numbers';
  /** Null for numbers: they are not one. */
  readonly value: number | null;
  /** Smallest first, apart from the ids: no number stands beside a person (R4). */
  readonly numbers: readonly number[];
}

const counting = (of: Subject, ids: Iterable<string>): Counting => ({ of, ids: [...new Set(ids)].sort() });

export const members = (ids: Iterable<string>): Counting => counting('members', ids);
export const exchanges = (ids: Iterable<string>): Counting => counting('exchanges', ids);
export const offersIn = (ids: Iterable<string>): Counting => counting('offers', ids);
export const requestsIn = (ids: Iterable<string>): Counting => counting('requests', ids);
export const topics = (uris: Iterable<string>): Counting => counting('topics', uris);
export const sessions = (ids: Iterable<string>): Counting => counting('sessions', ids);
export const matchesIn = (ids: Iterable<string>): Counting => counting('matches', ids);
export const eventsOf = (ids: Iterable<string>): Counting => counting('events', ids);

export const countsOf = (numerator: number, denominator: number, [above, below]: readonly [Counting, Counting]): readonly Operand[] => [
  { name: 'numerator', value: numerator, numbers: [], ...above },
  { name: 'denominator', value: denominator, numbers: [], ...below },
];

export const numbersOf = (numbers: readonly number[], counted: Counting): readonly Operand[] => [
  { name: 'numbers', value: null, numbers: [...numbers].sort((one, other) => one - other), ...counted },
];
