import type { Instant } from '#kernel/id';
import type { Recorded } from '#kernel/message';
import type { SavoirsEvent } from '#domain/catalogue';
import type { Policy } from '#domain/network/policy';

export type Fact = Recorded<SavoirsEvent>;
export type FactType = Fact['type'];
export type FactOf<Type extends FactType> = Extract<Fact, { readonly type: Type }>;

/** A network as it was known at a date. */
export interface Question {
  readonly at: Instant;
  /** What was recorded by then, in log order. */
  readonly facts: readonly Fact[];
  readonly policy: Policy;
}

export const ofType = <Type extends FactType>(facts: readonly Fact[], ...types: readonly Type[]): readonly FactOf<Type>[] =>
  facts.filter((fact): fact is FactOf<Type> => types.some((type) => type === fact.type));

/** The last that told the policy: thresholds and headcount are those of then. */
export const policyFact = (facts: readonly Fact[]): FactOf<'NetworkOpened' | 'PolicyChanged'> | undefined =>
  ofType(facts, 'NetworkOpened', 'PolicyChanged').at(-1);

/** @param log events of one network in log order; null where that network was not open yet */
export const questionOf = (log: readonly Fact[], at: Instant): Question | null => {
  const facts = log.filter(({ meta }) => meta.recordedAt <= at);
  const told = policyFact(facts);
  return told ? { at, facts, policy: told.data.policy } : null;
};

const DAY_MS = 86_400_000;

export const daysBetween = (from: Instant, to: Instant): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;
export const daysAfter = (from: Instant, days: number): Instant => new Date(Date.parse(from) + days * DAY_MS).toISOString() as Instant;

/** In UTC; the 31st becomes the last day of a shorter month. */
export const monthsBefore = (at: Instant, months: number): Instant => {
  const date = new Date(at);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() - months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return date.toISOString() as Instant;
};

/** T, or the T before it: facts that happened after its start, and by its end. */
export interface Window {
  readonly from: Instant;
  readonly to: Instant;
}

export const windowAt = (at: Instant): Window => ({ from: monthsBefore(at, 12), to: at });
export const windowBefore = (at: Instant): Window => windowAt(windowAt(at).from);

export const within = <Item extends Fact>(facts: readonly Item[], { from, to }: Window): readonly Item[] =>
  facts.filter(({ meta }) => meta.occurredAt > from && meta.occurredAt <= to);
