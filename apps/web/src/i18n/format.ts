import { languageNow } from './language';

const LOCALE = { fr: 'fr-FR', en: 'en-GB' } as const;
const locale = (): string => LOCALE[languageNow()];

/** Instants as the browser's clock shows them: one's own time zone. */
const dates = (options: Intl.DateTimeFormatOptions) => (instant: string) =>
  new Intl.DateTimeFormat(locale(), options).format(new Date(instant));

export const day = dates({ day: 'numeric', month: 'long', year: 'numeric' });
export const shortDay = dates({ day: 'numeric', month: 'short' });
/** A day as the clocks of a network show it. */
export const dayIn = (instant: string, timeZone: string): string =>
  dates({ day: 'numeric', month: 'short', year: 'numeric', timeZone })(instant);
export const timeOfDay = dates({ hour: '2-digit', minute: '2-digit' });
export const month = dates({ month: 'long', year: 'numeric' });
/** `2026-11`, as the month that it is. */
export const monthOfYear = (month: string): string => dates({ month: 'long', year: 'numeric', timeZone: 'UTC' })(`${month}-15T12:00:00Z`);
/** The same, short, for an axis. */
export const shortMonthOfYear = (month: string): string =>
  dates({ month: 'short', year: 'numeric', timeZone: 'UTC' })(`${month}-15T12:00:00Z`);
export const dayAndTime = dates({
  weekday: 'long',
  day: 'numeric',
  month: 'long',
  hour: '2-digit',
  minute: '2-digit',
  timeZoneName: 'short',
});

/** To the second, with its year: where an order of events is read. */
export const moment = dates({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  timeZoneName: 'short',
});

export const number = (value: number, options: Intl.NumberFormatOptions = {}): string =>
  new Intl.NumberFormat(locale(), options).format(value);
export const percent = (share: number): string => number(share, { style: 'percent', maximumFractionDigits: 0 });

const DAY_MS = 86_400_000;

/** `in 3 days`, `yesterday`: by whole days of the calendar. */
export const daysFromNow = (instant: string, now: Date = new Date()): string => {
  const midnight = (date: Date): number => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
  const days = Math.round((midnight(new Date(instant)) - midnight(now)) / DAY_MS);
  return new Intl.RelativeTimeFormat(locale(), { numeric: 'auto' }).format(days, 'day');
};

export const list = (items: readonly string[]): string => new Intl.ListFormat(locale(), { type: 'conjunction' }).format(items);
