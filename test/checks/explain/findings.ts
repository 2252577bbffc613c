/** A figure that is not the oracle's; a list that is not; and what R15 forbids to be told. */
export interface Finding {
  readonly count: 'disagreements' | 'differences' | 'disclosed';
  readonly what: string;
}

/** For what binary fractions cannot hold. */
const TINY = 1e-9;

export const isSameNumber = (one: number | null, other: number | null): boolean =>
  one === other || (one !== null && other !== null && Math.abs(one - other) <= TINY * Math.max(1, Math.abs(one)));

const SHOWN = 3;

const some = (ids: readonly string[]): string => `${ids.length} (${ids.slice(0, SHOWN).join(', ')}${ids.length > SHOWN ? ', …' : ''})`;

/** Two sets of ids that ought to be one. */
export const apart = (what: string, told: readonly string[], expected: readonly string[]): readonly Finding[] => {
  const [those, these] = [new Set(told), new Set(expected)];
  const [extra, missing] = [[...those].filter((id) => !these.has(id)), [...these].filter((id) => !those.has(id))];
  if (extra.length + missing.length === 0) return [];
  return [{ count: 'differences', what: `${what}: too many ${some(extra)}, missing ${some(missing)}` }];
};
