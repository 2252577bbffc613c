import type { AssignmentProblem } from './assignment-problem';

/** Requests and givers that arcs connect: what is decided in one leaves every other as it is. */
export interface Component {
  readonly requests: readonly number[];
  readonly givers: readonly number[];
}

/** Union by the smaller number, with halved ways. */
const unionFind = (count: number): { readonly rootOf: (one: number) => number; readonly join: (one: number, other: number) => void } => {
  const above = Int32Array.from({ length: count }, (_, index) => index);
  const rootOf = (one: number): number => {
    let at = one;
    while (above[at] !== at) {
      above[at] = above[above[at]!]!;
      at = above[at]!;
    }
    return at;
  };
  return {
    rootOf,
    join: (one, other) => {
      const [a, b] = [rootOf(one), rootOf(other)];
      above[Math.max(a, b)] = Math.min(a, b);
    },
  };
};

/** Sorted by their smallest giver. */
export const componentsOf = ({ requests, offers, givers, arcs }: AssignmentProblem): readonly Component[] => {
  const { rootOf, join } = unionFind(givers.count + requests.count);
  for (let request = 0; request < requests.count; request += 1)
    for (let arc = arcs.first[request]!; arc < arcs.first[request + 1]!; arc += 1)
      join(offers.giver[arcs.offer[arc]!]!, givers.count + request);
  const found = new Map<number, { requests: number[]; givers: number[] }>();
  for (let giver = 0; giver < givers.count; giver += 1) {
    const root = rootOf(giver);
    const known = found.get(root);
    if (known) known.givers.push(giver);
    else found.set(root, { requests: [], givers: [giver] });
  }
  for (let request = 0; request < requests.count; request += 1) found.get(rootOf(givers.count + request))?.requests.push(request);
  return [...found.values()];
};
