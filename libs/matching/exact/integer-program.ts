/** `least` ≤ the sum of coefficient × column ≤ `most`. */
export interface Row {
  readonly least: number;
  readonly most: number;
  readonly terms: readonly (readonly [column: number, coefficient: number])[];
}

/** Which columns, each 0 or 1, give the greatest sum of weights within all rows? Numbers are whole and stay below 2^53 in every sum. */
export interface IntegerProgram {
  readonly weights: readonly number[];
  readonly rows: readonly Row[];
}

/** Which columns are 1 in an optimum that is proven, in order; null where nothing is within all rows. */
export type IntegerSolver = (program: IntegerProgram) => readonly number[] | null;

export const valueOf = (weights: readonly number[], chosen: readonly number[]): number =>
  chosen.reduce((sum, column) => sum + (weights[column] ?? 0), 0);

/** What is greatest must stay so: a row for the goals after it. */
export const keeping = (weights: readonly number[], value: number): Row => ({
  least: value,
  most: value,
  terms: weights.flatMap((weight, column) => (weight === 0 ? [] : [[column, weight] as const])),
});
