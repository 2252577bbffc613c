import type { Played } from './play';
import type { Finding } from './watch';

/** From a worker's process, after each schedule. */
export interface Report {
  readonly seed: number;
  readonly findings: readonly Finding[];
  readonly figures: Played['figures'];
}
