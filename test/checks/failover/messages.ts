import type { Played } from './play';
import type { Finding } from './tally';

/** From a worker, after each schedule. */
export interface Report {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly figures: Played['figures'];
}
