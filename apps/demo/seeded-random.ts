/** SeededRandom that a seed and a name decide: the same on any machine, and independent of what else was drawn. */
export interface SeededRandom {
  /** From 0, below 1. */
  next(): number;
  yes(probability: number): boolean;
  /** Whole, both ends included. */
  whole(least: number, most: number): number;
  between(least: number, most: number): number;
  of<Item>(items: readonly Item[]): Item;
  /** By weight; weights need not add up to one. */
  weighed<Item>(choices: readonly (readonly [weight: number, item: Item])[]): Item;
  shuffled<Item>(items: readonly Item[]): readonly Item[];
}

/** FNV-1a with a final mix: 32 bits of a text. */
const hashed = (text: string): number => {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
};

/** Mulberry32. */
const generator = (seed: number): (() => number) => {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** @throws where the list is empty: nothing can be drawn */
const drawn = <Item>(items: readonly Item[], index: number): Item => {
  const item = items[index];
  if (item === undefined) throw new Error('nothing to draw from');
  return item;
};

export const seededRandom = (seed: number, name: string): SeededRandom => {
  const next = generator(hashed(`${seed} ${name}`));
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    yes: (probability) => next() < probability,
    between: (least, most) => least + next() * (most - least),
    of: (items) => drawn(items, whole(0, items.length - 1)),
    weighed: (choices) => {
      let rest = next() * choices.reduce((sum, [weight]) => sum + weight, 0);
      const chosen = choices.find(([weight]) => (rest -= weight) < 0) ?? drawn(choices, choices.length - 1);
      return chosen[1];
    },
    shuffled: (items) => {
      const order = [...items];
      for (let last = order.length - 1; last > 0; last -= 1) {
        const other = whole(0, last);
        [order[last], order[other]] = [drawn(order, other), drawn(order, last)];
      }
      return order;
    },
  };
};
