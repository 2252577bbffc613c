import type { Day, Instant } from '#kernel/id';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

const instantOf = (milliseconds: number): Instant => new Date(milliseconds).toISOString() as Instant;

/** Milliseconds from the first instant to the second; negative where the second is earlier. */
export const elapsed = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);

export const addMilliseconds = (instant: Instant, milliseconds: number): Instant => instantOf(Date.parse(instant) + milliseconds);

export const addMinutes = (instant: Instant, minutes: number): Instant => addMilliseconds(instant, minutes * MINUTE);

/** Days of 24 hours: a window lasts as long across a change of clocks. */
export const addDays = (instant: Instant, days: number): Instant => addMilliseconds(instant, days * DAY);

/** Calendar months in UTC; the 31st becomes the last day of a shorter month. */
export const addMonths = (instant: Instant, months: number): Instant => {
  const date = new Date(instant);
  const day = date.getUTCDate();
  date.setUTCDate(1);
  date.setUTCMonth(date.getUTCMonth() + months);
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  date.setUTCDate(Math.min(day, last));
  return instantOf(date.getTime());
};

/** Whole minutes from the first instant to the second, rounded down; negative where the second is earlier. */
export const minutesBetween = (from: Instant, to: Instant): number => Math.floor(elapsed(from, to) / MINUTE);

export const later = (one: Instant, other: Instant): Instant => (one >= other ? one : other);

/** The calendar day of an instant in an IANA time zone. */
export const localDay = (instant: Instant, timeZone: string): Day => {
  const parts = new Intl.DateTimeFormat('en-GB', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).formatToParts(
    new Date(instant),
  );
  const part = (type: string): string => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}` as Day;
};

export const isTimeZone = (name: string): boolean => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: name }).resolvedOptions().timeZone !== '';
  } catch {
    return false;
  }
};
