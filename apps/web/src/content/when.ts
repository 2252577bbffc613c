/** What a field of date and time holds, in the reader's own time zone; back to the instant that it names, or nothing. */
export const instantOf = (local: string): string => {
  const date = new Date(local);
  return local === '' || Number.isNaN(date.getTime()) ? '' : date.toISOString();
};

const two = (value: number): string => String(value).padStart(2, '0');

/** An instant as such a field takes it: `2026-12-03T09:00`. */
export const localOf = (instant: string): string => {
  const date = new Date(instant);
  const day = `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  return `${day}T${two(date.getHours())}:${two(date.getMinutes())}`;
};

export const hasBegun = (instant: string): boolean => Date.parse(instant) <= Date.now();
