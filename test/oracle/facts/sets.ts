export const distinct = <Item>(items: readonly Item[]): readonly Item[] => [...new Set(items)];

export const grouped = <Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): ReadonlyMap<Key, readonly Item[]> =>
  new Map(distinct(items.map(keyOf)).map((key) => [key, items.filter((item) => keyOf(item) === key)]));

export const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
