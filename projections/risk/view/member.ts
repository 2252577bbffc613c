import type { Instant } from '#kernel/id';
import type { Fact, FactsByKind } from '../risk.facts';

/** A member as the facts recorded by D tell. */
export interface MemberAt {
  readonly id: string;
  /** §5: enrolled at D, grace and pause included. */
  readonly inPopulation: boolean;
  readonly enrolled: Fact<'member', 'MemberEnrolled'> | null;
  readonly site: string;
  readonly unit: string;
  readonly capacity: number;
  /** R11: open engagements as a giver; a group counts once. */
  readonly giving: ReadonlyMap<string, Fact<'member', 'EngagementReserved'>>;
  readonly facts: readonly FactsByKind['member'][];
}

type Folded = Omit<MemberAt, 'id' | 'facts' | 'giving'> & { readonly giving: Map<string, Fact<'member', 'EngagementReserved'>> };

const evolve = (state: Folded, fact: FactsByKind['member']): Folded => {
  switch (fact.is) {
    case 'MemberEnrolled':
      return { ...state, inPopulation: true, enrolled: fact, site: fact.site, unit: fact.unit, capacity: fact.capacity };
    case 'ProfileChanged':
      return { ...state, site: fact.site, unit: fact.unit };
    case 'CapacitySet':
      return { ...state, capacity: fact.capacity };
    case 'EngagementReserved':
      if (fact.role === 'giver') state.giving.set(fact.matchId, fact);
      return state;
    case 'EngagementReleased':
      if (fact.role === 'giver') state.giving.delete(fact.matchId);
      return state;
    case 'ReciprocityRestored':
      return { ...state, inPopulation: true };
    case 'MemberSuspended':
    case 'MemberLeft':
    case 'PersonalDataErased':
      return { ...state, inPopulation: false };
  }
};

export const memberAt = (id: string, facts: readonly FactsByKind['member'][]): MemberAt => {
  const unknown: Folded = { inPopulation: false, enrolled: null, site: '', unit: '', capacity: 0, giving: new Map() };
  return { ...facts.reduce(evolve, unknown), id, facts };
};

/** The unit that a member belonged to at a time; null before they had one. */
export const unitOf = (member: MemberAt, at: Instant): string | null => {
  const told = member.facts.filter((fact) => (fact.is === 'MemberEnrolled' || fact.is === 'ProfileChanged') && fact.at <= at);
  const last = told.at(-1);
  return last !== undefined && 'unit' in last ? last.unit : null;
};
