import type { Instant } from '#kernel/id';
import type { FactsByKind } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';

type MemberFact = FactsByKind['member'];

export interface Place {
  readonly site: string;
  readonly unit: string;
}

/** Where members were, and who was enrolled, as known at a moment. */
export interface Members {
  readonly placeOf: (id: string, known: Instant) => Place | null;
  /** Enrolled by then, grace and pause included (§5). */
  readonly enrolledAt: (known: Instant) => readonly Place[];
}

const placeIn = (facts: readonly MemberFact[], known: Instant): Place | null => {
  const told = facts.findLast((fact) => (fact.is === 'MemberEnrolled' || fact.is === 'ProfileChanged') && fact.rec <= known);
  return told !== undefined && 'site' in told ? told : null;
};

const isEnrolled = (facts: readonly MemberFact[], known: Instant): boolean => {
  const last = facts.findLast(({ is, rec }) => is !== 'ProfileChanged' && rec <= known);
  return last?.is === 'MemberEnrolled' || last?.is === 'ReciprocityRestored';
};

export const membersOf = (rows: readonly SatisfactionRow<'member'>[]): Members => {
  const facts = new Map(rows.map((row) => [row.id, row.facts]));
  return {
    placeOf: (id, known) => placeIn(facts.get(id) ?? [], known),
    enrolledAt: (known) => [...facts.values()].filter((each) => isEnrolled(each, known)).flatMap((each) => placeIn(each, known) ?? []),
  };
};
