const DAY = 86_400_000;
const HOUR = 3_600_000;
/** Half-days of work, in UTC: about nine and two o'clock in Paris. */
const STARTS = [8 * HOUR, 13 * HOUR] as const;

export type Act = () => Promise<void>;

/** What is to be done, by half-day of work; within one, in the order in which it was planned. */
export interface Agenda {
  /** At that moment, or at the first half-day after it; never in a half-day that has begun. */
  plan(atMs: number, act: Act): void;
  /** The acts of a half-day, as it begins. */
  begin(slotMs: number): readonly Act[];
}

const isWorkingDay = (dayMs: number): boolean => ![0, 6].includes(new Date(dayMs).getUTCDay());

/** The first half-day that begins at or after a moment. */
export const slotAtOrAfter = (atMs: number): number => {
  for (let day = Math.floor(atMs / DAY) * DAY; ; day += DAY) {
    const start = isWorkingDay(day) ? STARTS.find((hours) => day + hours >= atMs) : undefined;
    if (start !== undefined) return day + start;
  }
};

/** A time of day for people to meet, on a working day at or after a moment. */
export const meetingTime = (atMs: number, { pm, quarter }: { readonly pm: boolean; readonly quarter: number }): number => {
  let day = Math.floor(atMs / DAY) * DAY;
  while (!isWorkingDay(day)) day += DAY;
  return day + (pm ? 12.5 * HOUR : 7.5 * HOUR) + quarter * 15 * 60_000;
};

export const createAgenda = (): Agenda => {
  const slots = new Map<number, Act[]>();
  let begun = Number.NEGATIVE_INFINITY;
  return {
    plan: (atMs, act) => {
      const slot = slotAtOrAfter(Math.max(atMs, begun + 1));
      const planned = slots.get(slot);
      if (planned) planned.push(act);
      else slots.set(slot, [act]);
    },
    begin: (slotMs) => {
      begun = slotMs;
      const acts = slots.get(slotMs) ?? [];
      slots.delete(slotMs);
      return acts;
    },
  };
};
