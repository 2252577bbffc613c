import type { Decision } from './decisions';
import type { Surface } from './facts';

export interface LostFact {
  readonly about: string;
  readonly fact: string;
}

/** Every fact of the one that the other does not have. */
export const lostFacts = (before: Surface, now: Surface): readonly LostFact[] =>
  [...before].flatMap(([about, facts]) =>
    [...new Set(facts)].filter((fact) => now.get(about)?.includes(fact) !== true).map((fact) => ({ about, fact })),
  );

const matches = (wanted: string | RegExp, text: string): boolean => (typeof wanted === 'string' ? wanted === text : wanted.test(text));

export const isDecided = (decisions: readonly Decision[], { about, fact }: LostFact): boolean =>
  decisions.some((decision) => matches(decision.about, about) && matches(decision.fact, fact));
