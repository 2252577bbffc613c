import type { FactsByKind, Fact } from '../risk.facts';

type ExchangeFact = FactsByKind['exchange'];

/** An exchange as the facts recorded by D tell. */
export interface ExchangeAt {
  readonly id: string;
  readonly held: Fact<'exchange', 'ExchangeHeld'> | null;
  readonly givers: ReadonlySet<string>;
  readonly learners: ReadonlySet<string>;
  readonly facts: readonly ExchangeFact[];
}

export const factsOf = <Is extends ExchangeFact['is']>(facts: readonly ExchangeFact[], is: Is): readonly Fact<'exchange', Is>[] =>
  facts.filter((fact): fact is Fact<'exchange', Is> => fact.is === is);

interface Attended {
  readonly memberId: string;
  readonly role: string;
}

const placeOf = ({ memberId, role }: Attended): string => `${role}/${memberId}`;

/** In how many sessions each was there, after corrections (R12, R21). */
const sessionsByPlace = (facts: readonly ExchangeFact[]): ReadonlyMap<string, number> => {
  const sessions = new Map<string, number>();
  const add = (present: readonly Attended[] | null, by: number): void =>
    present?.forEach((each) => sessions.set(placeOf(each), (sessions.get(placeOf(each)) ?? 0) + by));
  for (const fact of facts) {
    if (fact.is === 'SessionHeld') add(fact.present, 1);
    if (fact.is !== 'SessionCorrected') continue;
    add(fact.was, -1);
    add(fact.now, 1);
  }
  return sessions;
};

/** Who was there: as held, but for those whose presence was corrected since. */
const attendance = (held: Fact<'exchange', 'ExchangeHeld'>, facts: readonly ExchangeFact[]): ReadonlySet<string> => {
  const there = new Set(held.present.map(placeOf));
  const since = facts.slice(facts.indexOf(held));
  const corrected = factsOf(since, 'SessionCorrected').flatMap(({ was, now }) => [...(was ?? []), ...(now ?? [])].map(placeOf));
  if (corrected.length === 0) return there;
  const sessions = sessionsByPlace(facts);
  corrected.forEach((place) => ((sessions.get(place) ?? 0) > 0 ? there.add(place) : there.delete(place)));
  return there;
};

const inRole = (there: ReadonlySet<string>, role: string): ReadonlySet<string> =>
  new Set([...there].filter((place) => place.startsWith(`${role}/`)).map((place) => place.slice(role.length + 1)));

export const exchangeAt = (id: string, facts: readonly ExchangeFact[]): ExchangeAt => {
  const held = factsOf(facts, 'ExchangeHeld')[0] ?? null;
  const there = held === null ? new Set<string>() : attendance(held, facts);
  return { id, held, givers: inRole(there, 'giver'), learners: inRole(there, 'learner'), facts };
};
