/** A whole number from 0 to below `sides`. */
export type SeededRandom = (sides: number) => number;

/** Throws from a seed: the same for the same seed (xorshift, stirred first). */
export const seededRandom = (seed: number): SeededRandom => {
  let state = (Math.imul(seed, 0x9e3779b1) ^ 0x6a09e667) >>> 0 || 1;
  return (sides) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state = (state ^ (state << 5)) >>> 0;
    return state % sides;
  };
};
