import type { Instant } from './id';

/** The one source of "now"; tests control it. */
export interface Clock {
  now(): Instant;
}
