/** By member, who stands in such a pair with them. */
export type Pairs = readonly (ReadonlySet<number> | undefined)[];

export const isPair = (pairs: Pairs, one: number, other: number): boolean => pairs[one]?.has(other) ?? false;

export const pairsOf = (pairs: readonly (readonly [number, number])[]): Pairs => {
  const all: (Set<number> | undefined)[] = [];
  const add = (one: number, other: number): void => {
    all[one] = (all[one] ?? new Set()).add(other);
  };
  for (const [one, other] of pairs) {
    add(one, other);
    add(other, one);
  }
  return all;
};
