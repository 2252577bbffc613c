const DAY_MS = 86_400_000;
const two = (value: number): string => String(value).padStart(2, '0');

/** `2026-04-30`, by the reader's calendar. */
export const dayOf = (date: Date): string => `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;

/** The last days of the months before this one, oldest first. */
export const monthEnds = (count: number, now: Date = new Date()): readonly string[] =>
  Array.from({ length: count }, (_, at) => dayOf(new Date(now.getFullYear(), now.getMonth() - (count - 1 - at), 0)));

/** The instant at which a day is over in the network: the midnight after it. */
export const endOf = (day: string, timeZone: string): string => {
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
  const ahead = (at: number): number => Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  const wall = Date.parse(`${day}T00:00:00Z`) + DAY_MS;
  const guess = wall - ahead(wall);
  return new Date(wall - ahead(guess)).toISOString();
};
