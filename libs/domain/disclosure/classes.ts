import { FIFTHS } from './fifths';

/** Of nothing that was published. */
export const UNPUBLISHED = 0;

/** Equivalence classes of contributions, numbered: those that no published sum distinguishes. */
export interface Classes {
  readonly of: Int32Array;
  /** How many entries each has. */
  readonly sizes: number[];
  /** How many of them have a person in a fifth: that of class `c` and fifth `f` lies at `c * FIFTHS + f`. */
  readonly counts: number[];
  /** The fifths in which each entry has a person. */
  readonly fifthsOf: Int32Array;
}

export const emptyClasses = (entries: number): Classes => ({
  of: new Int32Array(entries),
  sizes: [0],
  counts: Array<number>(FIFTHS).fill(0),
  fifthsOf: new Int32Array(entries),
});

/** What of a class lies in a set. */
interface Part {
  readonly counts: readonly number[];
  readonly size: number;
}

export type Parts = ReadonlyMap<number, Part>;

const count = (counts: number[], at: number, fifths: number, by: 1 | -1): void => {
  for (let fifth = 0; fifth < FIFTHS; fifth += 1) if ((fifths >> fifth) & 1) counts[at + fifth] = counts[at + fifth]! + by;
};

export const partsOf = (classes: Classes, entries: readonly number[]): Parts => {
  const parts = new Map<number, { counts: number[]; size: number }>();
  for (const entry of entries) {
    const known = parts.get(classes.of[entry]!);
    const part = known ?? { counts: Array<number>(FIFTHS).fill(0), size: 0 };
    if (known === undefined) parts.set(classes.of[entry]!, part);
    part.size += 1;
    count(part.counts, 0, classes.fifthsOf[entry]!, 1);
  }
  return parts;
};

/** The fifths of which one entry lies in the part and one of the same class beside it; unpublished ones need none beside them. */
const witnessedBy = ({ counts }: Classes, number: number, part: Part): number => {
  let fifths = 0;
  part.counts.forEach((inside, fifth) => {
    const isApart = number === UNPUBLISHED || inside < counts[number * FIFTHS + fifth]!;
    if (inside > 0 && isApart) fifths |= 1 << fifth;
  });
  return fifths;
};

/** The fifths that bear witness to a sum over these entries. */
export const witnesses = (classes: Classes, parts: Parts): number =>
  [...parts].reduce((all, [number, part]) => all | witnessedBy(classes, number, part), 0);

/** Whether they are whole classes, each published before. */
export const areWhole = ({ sizes }: Classes, parts: Parts): boolean =>
  [...parts].every(([number, { size }]) => number !== UNPUBLISHED && size === sizes[number]);

const added = ({ sizes, counts }: Classes): number => {
  for (let fifth = 0; fifth < FIFTHS; fifth += 1) counts.push(0);
  return sizes.push(0) - 1;
};

const moveTo = (classes: Classes, entry: number, to: number): void => {
  const { of, sizes, counts, fifthsOf } = classes;
  const from = of[entry]!;
  if (from !== UNPUBLISHED) {
    sizes[from] = sizes[from]! - 1;
    count(counts, from * FIFTHS, fifthsOf[entry]!, -1);
  }
  of[entry] = to;
  sizes[to] = sizes[to]! + 1;
  count(counts, to * FIFTHS, fifthsOf[entry]!, 1);
};

/** Their sum is published: it splits each class into those that are in it and those that are not. */
export const split = (classes: Classes, parts: Parts, entries: readonly number[]): void => {
  const { sizes } = classes;
  const targets = new Map<number, number>();
  for (const [number, { size }] of parts) targets.set(number, number !== UNPUBLISHED && size === sizes[number] ? number : added(classes));
  for (const entry of entries) {
    const to = targets.get(classes.of[entry]!)!;
    if (to !== classes.of[entry]) moveTo(classes, entry, to);
  }
};
