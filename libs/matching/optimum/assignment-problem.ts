/**
 * A round as an assignment problem: after the gates and the weights, before any solver. Requests, offers, givers and learners are
 * whole numbers from 0; columns are typed arrays, since there are millions of arcs. All numbers are integers, so that every machine adds alike (R18).
 *
 * Wanted: groups, each of one offer and of `smallest` to `largest` requests that have an arc to it, so that
 * - a request is in one group at most,
 * - a giver has as many groups as `capacity` at most, over all their offers (a group counts once, R11); an offer may have several,
 * - all of a group share a half-day and a way to meet: neither the conjunction of their arcs' `halfDays` nor that of their `ways` is 0,
 * - no learner is twice in a group, and no two who are forbidden to each other.
 * The best serves the most requests and, of those that do, costs least: the sum of its arcs' costs and of its givers' load (`loadCost`).
 */
export interface AssignmentProblem {
  readonly requests: RequestColumns;
  readonly offers: OfferColumns;
  readonly givers: GiverColumns;
  readonly arcs: ArcColumns;
  /** Learners who may not be in one group, two by two: the first with the second, the third with the fourth. */
  readonly forbidden: Int32Array;
}

export interface RequestColumns {
  readonly count: number;
  /** The author's number: one learner may have several requests. */
  readonly learner: Int32Array;
}

export interface OfferColumns {
  readonly count: number;
  readonly giver: Int32Array;
  readonly smallest: Int32Array;
  readonly largest: Int32Array;
}

export interface GiverColumns {
  readonly count: number;
  /** Groups that they may still take on. */
  readonly capacity: Int32Array;
  /** Engagements that they have already. */
  readonly engaged: Int32Array;
  /** What an engagement costs for each that its giver has already: the n-th new one (from 0) costs `loadCost × (engaged + n)`. Convex, so it spreads. */
  readonly loadCost: number;
}

/** Candidates that passed the gates, sorted by request: those of request r are `first[r]` up to, without, `first[r + 1]`. A pair of request and offer is there once. */
export interface ArcColumns {
  /** One more than there are requests. */
  readonly first: Int32Array;
  readonly offer: Int32Array;
  /** 0 or more. */
  readonly cost: Int32Array;
  /** Bits of the half-days on which the two may meet; never 0. */
  readonly halfDays: Uint16Array;
  /** Bits of the ways in which the two may meet; never 0. */
  readonly ways: Uint8Array;
}

/**
 * Why nothing better can exist. Let a served request count `served`, more than all costs together, and let each request have any `worth` of 0
 * or more. Then no assignment gains more (`served` for each request, less costs) than the sum of all worths, and of what each giver alone
 * could gain at most: the best set of groups within their capacity, where a request in a group gains `served − cost − worth` and an
 * engagement loses its load. (Duality: each request's "once" is relaxed at the price of its worth.) Without groups that is the optimum itself.
 */
export interface Certificate {
  readonly served: number;
  /** By request: whole numbers from 0 to 2^53. */
  readonly worth: Float64Array;
}

/** The most by which an unknown better assignment could differ; 0 and 0: this one is proven to be the best. */
export interface Gap {
  /** Requests that it could serve more. */
  readonly served: number;
  /** Cost that it could spare, where it serves as many. */
  readonly cost: number;
}

export interface AssignmentResult {
  /** By request, the offer that serves it; −1: none. */
  readonly assigned: Int32Array;
  /** By request, the number of its group, from 0; −1: none. Requests of one group have one number and one offer. */
  readonly group: Int32Array;
  readonly served: number;
  /** Arcs and load. */
  readonly cost: number;
  readonly certificate: Certificate;
  /** The certificate's sum: `certificate.served × served − cost` is at most this. Whole, and below 2^53. */
  readonly bound: number;
  readonly gap: Gap;
}

/** The same problem gives the same result on any machine; of equals it takes one that depends on the order of the columns. */
export type AssignmentSolver = (problem: AssignmentProblem) => AssignmentResult;
