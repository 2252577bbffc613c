import type { MemberId } from '#domain/ids';
import type { ReplayedPerson } from './replay';

/** With a name where it was asked for, with a motive of its own; null where their data is erased. */
export interface ShownPerson extends ReplayedPerson {
  readonly name?: string | null;
}

type Names = ReadonlyMap<string, { readonly name: string | null }>;

export const idsOf = (people: readonly ReplayedPerson[]): readonly MemberId[] => [...new Set(people.map(({ memberId }) => memberId))];

export const named = (people: readonly ReplayedPerson[], names: Names | null): readonly ShownPerson[] =>
  names === null ? people : people.map((person) => ({ ...person, name: names.get(person.memberId)?.name ?? null }));
