import type { Day, Instant } from '#kernel/id';
import { instantAt, LAST_INSTANT } from '#kernel/instant';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const MONTHS = 12 * 10_000;

/** Milliseconds from the first instant to the second; negative where the second is earlier. */
export const elapsed = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

/** As every sum here, the last instant there is where it lies beyond (`instantAt`). */
export const addMilliseconds = (instant: Instant, milliseconds: number): Instant => instantAt(Date.parse(instant) + milliseconds);

export const addMinutes = (instant: Instant, minutes: number): Instant => addMilliseconds(instant, minutes * MINUTE);

/** Days of 24 hours: a window lasts as long across a change of clocks. */
export const addDays = (instant: Instant, days: number): Instant => addMilliseconds(instant, days * DAY);

/** Calendar months in UTC; the 31st becomes the last day of a shorter month. */
export const addMonths = (instant: Instant, months: number): Instant => {
  const date = new Date(instant);
  const day = date.getUTCDate();
  // Day 0 of the month after is the last one of the month.
  date.setUTCMonth(date.getUTCMonth() + withinTime(months) + 1, 0);
  date.setUTCDate(Math.min(day, date.getUTCDate()));
  return instantAt(date.getTime());
};

/** No more than leads from either end of time to the other: further, a `Date` is none. */
const withinTime = (months: number): number => Math.min(Math.max(months, -MONTHS), MONTHS);

/** Whole minutes from the first instant to the second, rounded down; negative where the second is earlier. */
export const minutesBetween = (from: Instant, to: Instant): number => Math.floor(elapsed(from, to) / MINUTE);

export const later = (one: Instant, other: Instant): Instant => (one >= other ? one : other);

/** The calendar day of an instant in an IANA time zone; the last day there is where its clocks show the year 10000 already. */
export const localDay = (instant: Instant, timeZone: string): Day => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    new Date(instant),
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  if (part('year').length > 4) return LAST_INSTANT.slice(0, 10) as Day;
  return `${part('year').padStart(4, '0')}-${part('month')}-${part('day')}` as Day;
};

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
