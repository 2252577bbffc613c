import type { Instant } from '#kernel/id';
import { NETWORK } from '#domain/disclosure/releases';
import type { Dated, FactsByKind } from './satisfaction.facts';
import type { SatisfactionRow } from './satisfaction.projection';

type MemberFact = FactsByKind['member'];

export interface SiteAndUnit {
  readonly site: string;
  readonly unit: string;
}

/** Where members were, and how many were enrolled, as known at a moment. */
export interface Members {
  readonly cell: (dimension: Code, code: string) => string;
  readonly placeOf: (id: string, known: Instant) => SiteAndUnit | null;
  /** Enrolled by then, grace and pause included (§5), in the network, a site or a unit. */
  readonly enrolledIn: (cell: string, known: Instant) => number;
  /** The facts by which it is known where someone was. */
  readonly placeEvidence: (id: string, known: Instant) => readonly Dated[];
  /** The facts by which it is known who was enrolled; and where, unless it is of the network. */
  readonly enrolmentEvidence: (known: Instant, cell?: string) => readonly Dated[];
}

const isPlace = ({ is }: MemberFact): boolean => is === 'MemberEnrolled' || is === 'ProfileChanged';

const placeIn = (facts: readonly MemberFact[], known: Instant): SiteAndUnit | null => {
  const last = facts.findLast((fact) => isPlace(fact) && fact.rec <= known);
  return last !== undefined && 'site' in last ? last : null;
};

const isEnrolled = (facts: readonly MemberFact[], known: Instant): boolean => {
  const last = facts.findLast(({ is, rec }) => is !== 'ProfileChanged' && rec <= known);
  return last?.is === 'MemberEnrolled' || last?.is === 'ReciprocityRestored';
};

type Code = 'site' | 'unit' | 'topic' | 'role';

/** The name of a cell, the same string each time: there are few cells and many contributions. */
const cellNames = (): Members['cell'] => {
  const names = { site: new Map<string, string>(), unit: new Map(), topic: new Map(), role: new Map() };
  return (dimension, code) => {
    const known = names[dimension].get(code) ?? `${dimension}:${code}`;
    names[dimension].set(code, known);
    return known;
  };
};

const headcounts = (members: Iterable<readonly MemberFact[]>, cell: Members['cell'], known: Instant): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const facts of members) {
    const place = isEnrolled(facts, known) ? placeIn(facts, known) : null;
    if (place === null) continue;
    for (const name of [NETWORK, cell('site', place.site), cell('unit', place.unit)]) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
};

export const membersOf = (rows: readonly SatisfactionRow<'member'>[]): Members => {
  const facts = new Map(rows.map((row) => [row.id, row.facts]));
  /** Counted once a week end, for all cells and indicators. */
  const counted = new Map<Instant, ReadonlyMap<string, number>>();
  const cell = cellNames();
  return {
    cell,
    placeOf: (id, known) => placeIn(facts.get(id) ?? [], known),
    enrolledIn: (name, known) => {
      const counts = counted.get(known) ?? headcounts(facts.values(), cell, known);
      counted.set(known, counts);
      return counts.get(name) ?? 0;
    },
    placeEvidence: (id, known) => (facts.get(id) ?? []).filter((fact) => isPlace(fact) && fact.rec <= known),
    enrolmentEvidence: (known, of) =>
      [...facts.values()].flatMap((all) => all.filter(({ is, rec }) => rec <= known && (of !== NETWORK || is !== 'ProfileChanged'))),
  };
};
