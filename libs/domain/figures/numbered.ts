import type { Entry } from './entry';

/** Lists of numbers, one after the other: those of `row` lie from `starts[row]` until before `starts[row + 1]`. */
export interface Lists {
  readonly starts: Int32Array;
  readonly items: Int32Array;
}

/** Entries by number, with their persons by number: what is counted a million times is counted in arrays of numbers. */
export interface Numbered {
  readonly size: number;
  readonly from: Int32Array;
  readonly until: Int32Array;
  readonly authors: Lists;
  readonly judged: Lists;
  readonly persons: number;
  /** Cells by number, and the cells of each entry. */
  readonly names: readonly string[];
  readonly cells: Lists;
}

/** After every week. */
const NEVER = 2 ** 31 - 1;

/** Numbers names in the order in which they are first met. */
interface Register {
  readonly numberOf: (name: string) => number;
  readonly names: readonly string[];
}

const register = (): Register => {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  const numberOf = (name: string): number => {
    const known = numbers.get(name);
    if (known !== undefined) return known;
    numbers.set(name, names.length);
    return names.push(name) - 1;
  };
  return { numberOf, names };
};

const listsOf = (rows: readonly Entry[], namesOf: (entry: Entry) => readonly string[], { numberOf }: Register): Lists => {
  const starts = new Int32Array(rows.length + 1);
  rows.forEach((entry, row) => (starts[row + 1] = starts[row]! + namesOf(entry).length));
  const items = new Int32Array(starts[rows.length]!);
  let next = 0;
  for (const entry of rows) for (const name of namesOf(entry)) items[next++] = numberOf(name);
  return { starts, items };
};

export const numbered = (entries: readonly Entry[]): Numbered => {
  const [persons, names] = [register(), register()];
  return {
    size: entries.length,
    from: Int32Array.from(entries, ({ from }) => Math.min(from, NEVER)),
    until: Int32Array.from(entries, ({ until }) => Math.min(until, NEVER)),
    cells: listsOf(entries, ({ cells }) => cells, names),
    authors: listsOf(entries, ({ authors }) => authors, persons),
    judged: listsOf(entries, ({ judged }) => judged, persons),
    persons: persons.names.length,
    names: names.names,
  };
};

/** The numbers of the entries, earliest first by `weeks`, in their own order where they are equal. */
export const inOrderOf = (weeks: Int32Array): Int32Array => {
  const distinct = [...new Set(weeks)].sort((one, other) => one - other);
  const rankOf = new Map(distinct.map((week, rank) => [week, rank]));
  const ranks = weeks.map((week) => rankOf.get(week)!);
  const next = new Int32Array(distinct.length + 1);
  for (const rank of ranks) next[rank + 1] = next[rank + 1]! + 1;
  for (let rank = 1; rank < next.length; rank += 1) next[rank] = next[rank]! + next[rank - 1]!;
  const order = new Int32Array(weeks.length);
  ranks.forEach((rank, entry) => {
    order[next[rank]!] = entry;
    next[rank] = next[rank]! + 1;
  });
  return order;
};
