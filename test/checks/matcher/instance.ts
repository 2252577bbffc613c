import type { AssignmentProblem } from '#matching/optimum/assignment-problem';

/** A request could be served by an offer. */
export interface Candidate {
  readonly request: number;
  readonly offer: number;
  readonly cost: number;
  readonly halfDays: number;
  readonly ways: number;
}

/** An assignment problem as a person would write it down: what the check draws, alters and judges. */
export interface Instance {
  /** By request. */
  readonly learners: readonly number[];
  readonly offers: readonly { readonly giver: number; readonly smallest: number; readonly largest: number }[];
  readonly givers: readonly { readonly capacity: number; readonly engaged: number }[];
  readonly loadCost: number;
  /** Sorted by request. */
  readonly candidates: readonly Candidate[];
  readonly forbidden: readonly (readonly [number, number])[];
}

export const hasGroups = ({ offers }: Instance): boolean => offers.some(({ largest }) => largest > 1);

/** In the solver's columns. */
export const problemOf = ({ learners, offers, givers, loadCost, candidates, forbidden }: Instance): AssignmentProblem => {
  const first = new Int32Array(learners.length + 1);
  for (const { request } of candidates) first[request + 1]! += 1;
  for (let request = 0; request < learners.length; request += 1) first[request + 1]! += first[request]!;
  return {
    requests: { count: learners.length, learner: Int32Array.from(learners) },
    offers: {
      count: offers.length,
      giver: Int32Array.from(offers, ({ giver }) => giver),
      smallest: Int32Array.from(offers, ({ smallest }) => smallest),
      largest: Int32Array.from(offers, ({ largest }) => largest),
    },
    givers: {
      count: givers.length,
      capacity: Int32Array.from(givers, ({ capacity }) => capacity),
      engaged: Int32Array.from(givers, ({ engaged }) => engaged),
      loadCost,
    },
    arcs: {
      first,
      offer: Int32Array.from(candidates, ({ offer }) => offer),
      cost: Int32Array.from(candidates, ({ cost }) => cost),
      halfDays: Uint16Array.from(candidates, ({ halfDays }) => halfDays),
      ways: Uint8Array.from(candidates, ({ ways }) => ways),
    },
    forbidden: Int32Array.from(forbidden.flat()),
  };
};

/** What a giver's engagements cost beside those that they have: the n-th costs `loadCost × (engaged + n)`. */
export const loadOf = ({ givers, loadCost }: Instance, giver: number, engagements: number): number => {
  let sum = 0;
  for (let n = 0; n < engagements; n += 1) sum += loadCost * ((givers[giver]?.engaged ?? 0) + n);
  return sum;
};

/** What an assignment is judged by. */
export interface Worth {
  readonly served: number;
  readonly cost: number;
}

/** More served, or as many for less. */
export const isBetter = (one: Worth, other: Worth): boolean =>
  one.served > other.served || (one.served === other.served && one.cost < other.cost);

/** Whether two requests may not be in one group: one learner's, or of two who are forbidden to each other. */
export const apartIn = ({ learners, forbidden }: Instance): ((one: number, other: number) => boolean) => {
  const pairs = new Set(forbidden.flatMap(([one, other]) => [`${one} ${other}`, `${other} ${one}`]));
  return (one, other) => learners[one] === learners[other] || pairs.has(`${learners[one]} ${learners[other]}`);
};
