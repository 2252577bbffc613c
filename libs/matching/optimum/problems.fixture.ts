import fc from 'fast-check';
import type { AssignmentProblem, AssignmentResult } from './assignment-problem';

export interface ArcSpec {
  readonly request: number;
  readonly offer: number;
  readonly cost: number;
  readonly halfDays: number;
  readonly ways: number;
}

export interface ProblemSpec {
  readonly learners: readonly number[];
  readonly offers: readonly { readonly giver: number; readonly smallest: number; readonly largest: number }[];
  readonly givers: readonly { readonly capacity: number; readonly engaged: number }[];
  readonly loadCost: number;
  readonly arcs: readonly ArcSpec[];
  readonly forbidden: readonly (readonly [number, number])[];
}

export const problemOf = (spec: ProblemSpec): AssignmentProblem => {
  const arcs = [...spec.arcs].sort((a, b) => a.request - b.request || a.offer - b.offer);
  const first = spec.learners.map((_, request) => arcs.filter((arc) => arc.request < request).length);
  return {
    requests: { count: spec.learners.length, learner: Int32Array.from(spec.learners) },
    offers: {
      count: spec.offers.length,
      giver: Int32Array.from(spec.offers, ({ giver }) => giver),
      smallest: Int32Array.from(spec.offers, ({ smallest }) => smallest),
      largest: Int32Array.from(spec.offers, ({ largest }) => largest),
    },
    givers: {
      count: spec.givers.length,
      capacity: Int32Array.from(spec.givers, ({ capacity }) => capacity),
      engaged: Int32Array.from(spec.givers, ({ engaged }) => engaged),
      loadCost: spec.loadCost,
    },
    arcs: {
      first: Int32Array.from([...first, arcs.length]),
      offer: Int32Array.from(arcs, ({ offer }) => offer),
      cost: Int32Array.from(arcs, ({ cost }) => cost),
      halfDays: Uint16Array.from(arcs, ({ halfDays }) => halfDays),
      ways: Uint8Array.from(arcs, ({ ways }) => ways),
    },
    forbidden: Int32Array.from(spec.forbidden.flat()),
  };
};

interface Shape {
  readonly requests: number;
  readonly offers: number;
  readonly givers: number;
  readonly groups: boolean;
  readonly dearest: number;
}

const sizes = (groups: boolean) => (groups ? fc.constantFrom([1, 1], [1, 2], [1, 3], [2, 2], [2, 3], [3, 3]) : fc.constant([1, 1]));

/** Small costs, so that there are many ties; half of the arcs there could be. */
export const problemSpec = ({ requests, offers, givers, groups, dearest }: Shape): fc.Arbitrary<ProblemSpec> =>
  fc
    .record({
      learners: fc.array(fc.nat({ max: requests }), { minLength: 1, maxLength: requests }),
      offers: fc.array(fc.tuple(fc.nat({ max: givers - 1 }), sizes(groups)), { minLength: 1, maxLength: offers }),
      givers: fc.array(fc.record({ capacity: fc.nat({ max: 3 }), engaged: fc.nat({ max: 2 }) }), { minLength: givers, maxLength: givers }),
      loadCost: fc.constantFrom(0, 0, 1, 3),
      cells: fc.array(
        fc.record({
          there: fc.boolean(),
          cost: fc.nat({ max: dearest }),
          halfDays: fc.integer({ min: 1, max: 7 }),
          ways: fc.integer({ min: 1, max: 3 }),
        }),
        { minLength: requests * offers, maxLength: requests * offers },
      ),
      forbidden: fc.array(fc.tuple(fc.nat({ max: requests }), fc.nat({ max: requests })), { maxLength: groups ? 2 : 0 }),
    })
    .map(({ cells, offers: offered, ...rest }) => ({
      ...rest,
      offers: offered.map(([giver, [smallest = 1, largest = 1]]) => ({ giver, smallest, largest })),
      arcs: cells.flatMap(({ there, ...cell }, index) => {
        const [request, offer] = [index % requests, Math.floor(index / requests)];
        return there && request < rest.learners.length && offer < offered.length ? [{ request, offer, ...cell }] : [];
      }),
    }));

/** A group under construction: who is in it, by arc. */
interface Group {
  readonly offer: number;
  readonly arcs: readonly ArcSpec[];
}

const mayMeet = ({ learners, forbidden }: ProblemSpec, { arcs }: Group): boolean => {
  const who = arcs.map(({ request }) => learners[request]!);
  return (
    arcs.reduce((bits, { halfDays }) => bits & halfDays, -1) !== 0 &&
    arcs.reduce((bits, { ways }) => bits & ways, -1) !== 0 &&
    new Set(who).size === who.length &&
    forbidden.every(([one, other]) => one === other || !who.includes(one) || !who.includes(other))
  );
};

export const isAllowed = (spec: ProblemSpec, groups: readonly Group[]): boolean =>
  groups.every((group) => {
    const { smallest, largest } = spec.offers[group.offer]!;
    return group.arcs.length >= smallest && group.arcs.length <= largest && mayMeet(spec, group);
  }) && spec.givers.every(({ capacity }, giver) => groups.filter(({ offer }) => spec.offers[offer]!.giver === giver).length <= capacity);

export const costOf = (spec: ProblemSpec, groups: readonly Group[]): number => {
  const arcs = groups.flatMap(({ arcs: own }) => own).reduce((sum, { cost }) => sum + cost, 0);
  const load = spec.givers.map(({ engaged }, giver) => {
    const count = groups.filter(({ offer }) => spec.offers[offer]!.giver === giver).length;
    return spec.loadCost * (count * engaged + (count * (count - 1)) / 2);
  });
  return load.reduce((sum, each) => sum + each, arcs);
};

export interface Best {
  readonly served: number;
  readonly cost: number;
}

/** Tries everything: each request in no group, in one that is there, or in a new one. */
export const bruteForce = (spec: ProblemSpec): Best => {
  let best: Best = { served: 0, cost: 0 };
  const visit = (request: number, groups: readonly Group[]): void => {
    if (request === spec.learners.length) {
      if (!isAllowed(spec, groups)) return;
      const found = { served: groups.flatMap(({ arcs }) => arcs).length, cost: costOf(spec, groups) };
      if (found.served > best.served || (found.served === best.served && found.cost < best.cost)) best = found;
      return;
    }
    visit(request + 1, groups);
    for (const arc of spec.arcs.filter((each) => each.request === request)) {
      groups.forEach((group, index) => {
        const grown = { ...group, arcs: [...group.arcs, arc] };
        if (group.offer !== arc.offer || group.arcs.length === spec.offers[arc.offer]!.largest || !mayMeet(spec, grown)) return;
        visit(
          request + 1,
          groups.map((each, at) => (at === index ? grown : each)),
        );
      });
      const { giver } = spec.offers[arc.offer]!;
      if (groups.filter(({ offer }) => spec.offers[offer]!.giver === giver).length < spec.givers[giver]!.capacity)
        visit(request + 1, [...groups, { offer: arc.offer, arcs: [arc] }]);
    }
  };
  visit(0, []);
  return best;
};

/** The groups that a result says, read back from its columns alone. */
export const groupsIn = (spec: ProblemSpec, { assigned, group }: AssignmentResult): readonly Group[] => {
  const groups = new Map<number, Group>();
  assigned.forEach((offer, request) => {
    if (offer < 0) return;
    const arc = spec.arcs.find((each) => each.request === request && each.offer === offer)!;
    const known = groups.get(group[request]!) ?? { offer, arcs: [] };
    groups.set(group[request]!, { offer: known.offer, arcs: [...known.arcs, arc] });
  });
  return [...groups.values()];
};
