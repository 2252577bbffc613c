import type { FigureContribution } from '#projections/satisfaction/contribution';
import { orthogonal, rank, reduced } from './elimination';

/** A published sum, of the contributions of these numbers: the attacker knows who is in it, and what it came to. */
export type Sum = readonly number[];

/** Sets of so many persons are derived, or not. */
const FEW = 4;

/** Contributions that are in the same sums: nothing tells them apart, and what is derived has one coefficient for all of them. */
interface Classes {
  readonly members: readonly (readonly number[])[];
  /** The sums as vectors over the classes. */
  readonly sums: readonly Float64Array[];
}

const classesOf = (contributions: number, sums: readonly Sum[]): Classes => {
  const within = Array.from({ length: contributions }, (): number[] => []);
  sums.forEach((sum, nth) => sum.forEach((contribution) => within[contribution]!.push(nth)));
  const classes = new Map<string, number[]>();
  within.forEach((of, contribution) => {
    if (of.length > 0) classes.set(of.join(), [...(classes.get(of.join()) ?? []), contribution]);
  });
  const members = [...classes.values()];
  const vectors = sums.map(() => new Float64Array(members.length));
  members.forEach(([first], column) => within[first!]!.forEach((nth) => (vectors[nth]![column] = 1)));
  return { members, sums: vectors };
};

type Persons = ReadonlySet<string>;
const isWithin = (some: Persons, all: Persons): boolean => [...some].every((person) => all.has(person));
const keyOf = (persons: Persons): string => [...persons].sort().join();

/** All sets of at most four persons that are made up of the persons of whole classes. */
const fewPersons = (ofClass: readonly Persons[]): readonly Persons[] => {
  const thin = [...new Map(ofClass.filter(({ size }) => size > 0 && size <= FEW).map((one) => [keyOf(one), one])).values()];
  const found = new Map<string, Persons>([['', new Set()]]);
  for (const persons of thin)
    for (const known of [...found.values()]) {
      const all = new Set([...known, ...persons]);
      if (all.size <= FEW) found.set(keyOf(all), all);
    }
  return [...found.values()];
};

/**
 * Every set of one to four persons on whose answers alone some linear combination of the sums hangs. A combination that hangs on
 * classes T alone is orthogonal to all that is orthogonal to the sums: there is one where T's coordinates in that space are dependent.
 */
const derivedBy = (classes: Classes, personsOf: (contribution: number) => readonly string[]): readonly Persons[] => {
  const ofClass = classes.members.map((members) => new Set(members.flatMap(personsOf)));
  const coordinates = orthogonal(reduced(classes.sums), classes.members.length);
  return fewPersons(ofClass).filter((persons) => {
    const alone = coordinates.filter((_, column) => isWithin(ofClass[column]!, persons));
    return alone.length > 0 && rank(alone) < alone.length;
  });
};

/** Sets of at most four authors whose answers are derived, and of at most four persons about whom answers are; those silent are nobody. */
export const attack = (contributions: readonly FigureContribution[], sums: readonly Sum[]): readonly Persons[] => {
  const different = [...new Map(sums.map((sum) => [[...sum].sort((one, other) => one - other).join(), sum])).values()];
  const classes = classesOf(
    contributions.length,
    different.filter((sum) => sum.length > 0),
  );
  return [
    ...derivedBy(classes, (contribution) => contributions[contribution]!.authors),
    ...derivedBy(classes, (contribution) => contributions[contribution]!.judged),
  ];
};
