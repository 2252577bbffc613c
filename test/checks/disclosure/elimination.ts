/**
 * Linear algebra modulo a prime, whose products are exact in a number. What is in a space of rational vectors is there modulo the
 * prime as well: an attacker who reckons so overlooks nothing.
 */
const PRIME = 67_108_859;

const inverse = (value: number): number => {
  let [result, base, exponent] = [1, value, PRIME - 2];
  for (; exponent > 0; exponent = Math.floor(exponent / 2)) {
    if (exponent % 2 === 1) result = (result * base) % PRIME;
    base = (base * base) % PRIME;
  }
  return result;
};

type Vector = Float64Array;

/** Takes `factor` times one row from another. */
const take = (from: Vector, row: Vector, factor: number): void => {
  for (let at = 0; at < from.length; at += 1) if (row[at] !== 0) from[at] = (from[at]! + (PRIME - factor) * row[at]!) % PRIME;
};

interface Reduced {
  readonly rows: readonly Vector[];
  /** The column in which each row has its 1, and all others 0. */
  readonly pivots: readonly number[];
}

/** The reduced row echelon form. */
export const reduced = (given: Iterable<Vector>): Reduced => {
  const [rows, pivots]: [Vector[], number[]] = [[], []];
  for (const one of given) {
    const row = one.slice();
    rows.forEach((known, index) => row[pivots[index]!] !== 0 && take(row, known, row[pivots[index]!]!));
    const pivot = row.findIndex((value) => value !== 0);
    if (pivot === -1) continue;
    const scale = inverse(row[pivot]!);
    row.forEach((value, at) => (row[at] = (value * scale) % PRIME));
    for (const known of rows) if (known[pivot] !== 0) take(known, row, known[pivot]!);
    rows.push(row);
    pivots.push(pivot);
  }
  return { rows, pivots };
};

/** For each column, its coordinates in a basis of all that is orthogonal to the rows. */
export const orthogonal = ({ rows, pivots }: Reduced, columns: number): readonly Vector[] => {
  const free = Array.from({ length: columns }, (_, column) => column).filter((column) => !pivots.includes(column));
  const coordinates = Array.from({ length: columns }, () => new Float64Array(free.length));
  free.forEach((column, nth) => {
    coordinates[column]![nth] = 1;
    pivots.forEach((pivot, index) => (coordinates[pivot]![nth] = (PRIME - rows[index]![column]!) % PRIME));
  });
  return coordinates;
};

export const rank = (vectors: readonly Vector[]): number => reduced(vectors).rows.length;
