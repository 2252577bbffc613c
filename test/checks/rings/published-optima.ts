import type { RingLimits } from '#matching/exact/ring-cover';

/** What others found to be the best of a public instance. */
export interface PublishedOptimum {
  /** The file's name without its ending; PrefLib's `00036-…` are the `MD-00001-…` from before 2022. */
  readonly instance: string;
  readonly limits: RingLimits;
  readonly weight: number;
}

const cycles = (instance: string, weight: number): PublishedOptimum => ({ instance, limits: { longestCycle: 3, longestChain: 0 }, weight });
const chains = (instance: string, longestChain: number, weight: number): PublishedOptimum => ({
  ...{ instance, limits: { longestCycle: 3, longestChain }, weight },
});

/**
 * From https://github.com/jeremyomer/KidneyExchange.jl at a155dd0: cycles, and chains of six gifts, from `test/runtests.jl`, where a
 * branch-and-price and three compact models agree on each; chains of three and four from the solver's records in
 * `BP_profiling/bp_info_preflib/comparebpsolvers/bp_logs`.
 */
export const publishedOptima: readonly PublishedOptimum[] = [
  cycles('00036-00000001', 4),
  cycles('00036-00000120', 83),
  cycles('00036-00000160', 159),
  cycles('heterogeneous_128_0_1', 85),
  cycles('sparse_128_0_1', 28),
  { instance: 'sparse_128_0_1', limits: { longestCycle: 4, longestChain: 0 }, weight: 36 },
  ...[11, 5, 4, 9, 15, 11, 6, 6, 10, 6].map((weight, n) => chains(`00036-000000${n + 11}`, 3, weight)),
  ...[11, 5, 4, 9, 16, 11, 6, 6, 11, 7].map((weight, n) => chains(`00036-000000${n + 11}`, 4, weight)),
  ...[11, 5, 4, 9, 16, 11, 6, 6, 11, 8].map((weight, n) => chains(`00036-000000${n + 11}`, 6, weight)),
  chains('00036-00000127', 6, 82),
  chains('heterogeneous_128_19_1', 6, 102),
  chains('sparse_128_19_1', 6, 51),
];
