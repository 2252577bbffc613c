import type { Dated, Fact } from '../risk.facts';
import type { EntryAt } from '../view/entry';
import { factsOf } from '../view/exchange';
import type { MemberAt } from '../view/member';
import type { HeldExchange, RiskView } from '../view/view';

/*
 * The evidence of a figure (§6): all from which it can be recomputed, what excludes as well as what counts. Whoever folds these events alone
 * comes to the same figure.
 */

interface TypedFact extends Dated {
  readonly is: string;
}

const named =
  (...types: readonly string[]) =>
  (facts: readonly TypedFact[]): readonly Dated[] =>
    facts.filter(({ is }) => types.includes(is));

const membershipIn = named('MemberEnrolled', 'ReciprocityRestored', 'MemberSuspended', 'MemberLeft', 'PersonalDataErased');
const placesIn = named('MemberEnrolled', 'ProfileChanged');
const capacityIn = named('CapacitySet');
const asGiver = (facts: MemberAt['facts']): MemberAt['facts'] => facts.filter((fact) => 'role' in fact && fact.role === 'giver');

const ofAll = (tell: (facts: readonly TypedFact[]) => readonly Dated[], members: Iterable<MemberAt>): readonly Dated[] =>
  [...members].flatMap(({ facts }) => tell(facts));

/** Who belongs to the population, and who no more. */
export const membershipOf = (members: Iterable<MemberAt>): readonly Dated[] => ofAll(membershipIn, members);

/** Where members were, whenever. */
export const placesOf = (members: Iterable<MemberAt>): readonly Dated[] => ofAll(placesIn, members);

/** What they had room for as givers, and what took it (R11). */
export const engagementsOf = (members: Iterable<MemberAt>): readonly Dated[] =>
  [...members].flatMap(({ facts }) => [...capacityIn(facts), ...asGiver(facts)]);

/** All that became of offers or requests: one that is withdrawn, lapsed, matched or taken down is left out by that. */
export const lifeOf = (entries: Iterable<EntryAt>): readonly Dated[] => [...entries].flatMap(({ facts }) => facts);

export const factsOfHeld = (exchanges: readonly HeldExchange[]): readonly Dated[] => exchanges.map(({ held }) => held);

const presenceIn = named('SessionHeld', 'SessionCorrected');
const wasCorrected = ({ held, facts }: HeldExchange): boolean => {
  const since: readonly Fact<'exchange'>[] = facts.slice(facts.indexOf(held));
  return factsOf(since, 'SessionCorrected').length > 0;
};

/** Who was there: as held; where that was corrected since, all that tells their presence. */
export const attendanceOf = (exchanges: readonly HeldExchange[]): readonly Dated[] => [
  ...factsOfHeld(exchanges),
  ...exchanges.filter(wasCorrected).flatMap(({ facts }) => presenceIn(facts)),
];

/** Whoever was there, members still or not. */
export const peopleAt = ({ members }: RiskView, exchanges: readonly HeldExchange[]): readonly MemberAt[] => {
  const ids = new Set(exchanges.flatMap(({ givers, learners }) => [...givers, ...learners]));
  return [...ids].flatMap((id) => members.get(id) ?? []);
};

/** Of an exchange count those who are enrolled: what they gave and received, and who of them belongs. */
export const tallied = (view: RiskView, exchanges: readonly HeldExchange[]): readonly Dated[] => [
  ...attendanceOf(exchanges),
  ...membershipOf(peopleAt(view, exchanges)),
];
