import type { Instant } from '#kernel/id';
import { elapsed } from '#domain/calendar';

const DAY = 24 * 60 * 60_000;

/** Days of 24 hours, with their fraction. */
export const daysBetween = (from: Instant, to: Instant): number => elapsed(from, to) / DAY;
