import type { Day, Instant, PastOrNow } from './id';

/** First and last instant that four digits of a year can tell: what an event may hold. */
export const FIRST_INSTANT = '0001-01-01T00:00:00.000Z' as Instant;
export const LAST_INSTANT = '9999-12-31T23:59:59.999Z' as Instant;

const [FIRST_MS, LAST_MS] = [Date.parse(FIRST_INSTANT), Date.parse(LAST_INSTANT)];

/**
 * The instant of a Unix time in milliseconds. Beyond the first and the last one it is that one: a computed date can always be recorded.
 * @throws RangeError where it is no number
 */
export const instantAt = (milliseconds: number): Instant =>
  new Date(Math.min(Math.max(milliseconds, FIRST_MS), LAST_MS)).toISOString() as Instant;

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

const daysIn = (year: number, month: number): number => {
  if (month === 2) return isLeap(year) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
};

const isDate = (year: number, month: number, day: number): boolean =>
  year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysIn(year, month);

const ISO_DAY = /^(\d{4})-(\d\d)-(\d\d)$/;

/**
 * A calendar day as people write it, where it exists (R24); null for anything else.
 * @example dayFrom('2028-02-29') // '2028-02-29'; dayFrom('2027-02-29') // null
 */
export const dayFrom = (text: string): Day | null => {
  const [, year, month, day] = ISO_DAY.exec(text)?.map(Number) ?? [];
  return year !== undefined && isDate(year, month!, day!) ? (text as Day) : null;
};

/** Offsets that clocks of the world show: −12:00 to +14:00, in quarters of an hour. */
const isOffset = (sign: string, hours: number, minutes: number): boolean =>
  minutes < 60 && minutes % 15 === 0 && hours * 60 + minutes <= (sign === '-' ? 12 : 14) * 60;

const ISO_INSTANT = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(?:\.\d{1,9})?)?(?:Z|([+-])(\d\d):(\d\d))$/;

/**
 * An ISO 8601 instant with its zone, in the one spelling in UTC: instants compare as strings. Null for what does not exist (R24: no
 * 30 February, no 24:00, no month 13, no year 0000, no zone +25:00) and for what is no instant.
 * @example instantFrom('2026-05-01T02:00+02:00') // '2026-05-01T00:00:00.000Z'
 */
export const instantFrom = (text: string): Instant | null => {
  const [, day, hour, minute, second = '0', sign = '+', hours = '0', minutes = '0'] = ISO_INSTANT.exec(text) ?? [];
  if (day === undefined || dayFrom(day) === null) return null;
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null;
  if (!isOffset(sign, Number(hours), Number(minutes))) return null;
  const time = Date.parse(text);
  return time >= FIRST_MS && time <= LAST_MS ? instantAt(time) : null;
};

/** R24: a question as of the future is answered as of now; so is one that names no date. */
export const asOfOrNow = (asked: Instant | undefined, now: Instant): PastOrNow =>
  (asked !== undefined && asked < now ? asked : now) as PastOrNow;
