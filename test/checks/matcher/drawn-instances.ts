import { seededRandom, type SeededRandom } from '#apps/demo/seeded-random';
import type { Candidate, Instance } from './instance';

interface Sizes {
  readonly requests: number;
  readonly offers: number;
  readonly givers: number;
}

/** What an instance is made of: each shape leaves something out or has much of it. */
interface Shape {
  readonly density: number;
  /** Costs are drawn from 0 to this: 0 makes all of them equal. */
  readonly dearest: number;
  readonly groups: 'none' | 'some' | 'all';
  /** Groups may ask for so many learners at least. */
  readonly smallest: number;
  readonly capacity: readonly [least: number, most: number];
  readonly loadCost: number;
  readonly forbidden: number;
  /** Requests a learner. */
  readonly own: number;
  /** Of the ten half-days; 10: everybody at any time. */
  readonly halfDays: number;
}

const plain: Shape = {
  ...{ density: 0.4, dearest: 1_000, groups: 'none', smallest: 1, capacity: [1, 3] },
  ...{ loadCost: 20, forbidden: 0, own: 1.3, halfDays: 10 },
};

export const shapes: Readonly<Record<string, Shape>> = {
  'one to one': plain,
  'one to one, ties': { ...plain, dearest: 0, loadCost: 0 },
  'one to one, few costs': { ...plain, dearest: 2, loadCost: 1 },
  'one to one, scarce': { ...plain, density: 0.15, capacity: [0, 1] },
  'one to one, heavy load': { ...plain, loadCost: 1_000, capacity: [1, 6] },
  groups: { ...plain, groups: 'some' },
  'groups, smallest': { ...plain, groups: 'some', smallest: 3 },
  'groups alone': { ...plain, groups: 'all', smallest: 2 },
  'groups, hard to meet': { ...plain, groups: 'all', smallest: 2, halfDays: 3 },
  'groups, forbidden': { ...plain, groups: 'all', smallest: 2, forbidden: 0.3 },
  'groups, own requests': { ...plain, groups: 'all', smallest: 2, own: 4 },
  'groups, ties': { ...plain, groups: 'some', smallest: 3, dearest: 0, loadCost: 0, halfDays: 4 },
  'groups, all of it': { ...plain, groups: 'some', smallest: 3, halfDays: 3, forbidden: 0.2, own: 2, loadCost: 7 },
  'nobody can': { ...plain, density: 0 },
  'nobody has room': { ...plain, capacity: [0, 0], groups: 'some' },
  'groups that never fill': { ...plain, groups: 'all', smallest: 9 },
};

const shapeNames = Object.keys(shapes);

const bits = (chance: SeededRandom, from: number, wanted: number): number => {
  const order = chance.shuffled(Array.from({ length: from }, (_, bit) => 1 << bit));
  return order.slice(0, Math.max(1, wanted)).reduce((all, bit) => all | bit, 0);
};

const drawnOffer = (chance: SeededRandom, { groups, smallest }: Shape, givers: number): Instance['offers'][number] => {
  const isGroup = groups === 'all' || (groups === 'some' && chance.yes(0.5));
  const least = isGroup ? chance.whole(1, smallest) : 1;
  return { giver: chance.whole(0, givers - 1), smallest: least, largest: isGroup ? least + chance.whole(least === 1 ? 1 : 0, 3) : 1 };
};

const candidatesFor = (chance: SeededRandom, shape: Shape, { requests, offers }: Sizes): readonly Candidate[] => {
  const candidate = (request: number, offer: number): Candidate => ({
    ...{ request, offer, cost: chance.whole(0, shape.dearest) },
    halfDays: bits(chance, 10, shape.halfDays === 10 ? 10 : chance.whole(1, shape.halfDays)),
    ways: chance.whole(1, 3),
  });
  const all = Array.from({ length: requests * offers }, (_, n) => [Math.floor(n / offers), n % offers] as const);
  return all.filter(() => chance.yes(shape.density)).map(([request, offer]) => candidate(request, offer));
};

const sizesUpTo = (chance: SeededRandom, most: number): Sizes => {
  const atMost = (number: number): number => (chance.yes(0.1) ? chance.whole(0, number) : chance.whole(Math.ceil(number / 2), number));
  const offers = atMost(Math.ceil(most * 0.7));
  return { requests: atMost(most), offers, givers: chance.whole(1, Math.max(1, offers)) };
};

export interface Drawn {
  readonly shape: string;
  readonly instance: Instance;
}

/** One shape after the other, each from its seed alone; `most` requests at most. */
export const drawnInstance = (seed: number, most: number): Drawn => {
  const chance = seededRandom(seed, `matcher of ${most}`);
  const name = shapeNames[seed % shapeNames.length]!;
  const shape = shapes[name]!;
  const sizes = sizesUpTo(chance, most);
  const people = Math.max(1, Math.ceil(sizes.requests / shape.own));
  const pairs = Array.from({ length: people * people }, (_, n) => [Math.floor(n / people), n % people] as const);
  return {
    shape: name,
    instance: {
      learners: Array.from({ length: sizes.requests }, () => chance.whole(0, people - 1)),
      offers: Array.from({ length: sizes.offers }, () => drawnOffer(chance, shape, sizes.givers)),
      givers: Array.from({ length: sizes.givers }, () => ({ capacity: chance.whole(...shape.capacity), engaged: chance.whole(0, 3) })),
      loadCost: shape.loadCost,
      candidates: candidatesFor(chance, shape, sizes),
      forbidden: pairs.filter(([one, other]) => one < other && chance.yes(shape.forbidden)),
    },
  };
};
