import type { Instant } from '#kernel/id';
import { instantAt as iso } from '#kernel/instant';

const DAY = 24 * 60 * 60_000;

/** The wall clock of a zone, written as if it were UTC, in milliseconds. */
export type WallClock = (milliseconds: number) => number;

const FIELDS = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' } as const;

export const wallClock = (timeZone: string): WallClock => {
  const format = new Intl.DateTimeFormat('en-GB', { timeZone, hourCycle: 'h23', ...FIELDS });
  return (milliseconds) => {
    const parts = Object.fromEntries(format.formatToParts(milliseconds).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    return Date.UTC(year, month - 1, day, hour, minute, second) + (((milliseconds % 1000) + 1000) % 1000);
  };
};

/** The instant at which a zone's clocks show `wall`; where they skip it, the first instant after. */
const instantAt = (wall: number, clock: WallClock): number => {
  const guess = wall - (clock(wall) - wall);
  const again = wall - (clock(guess) - guess);
  return clock(again) === wall ? again : Math.max(guess, again);
};

/** The last midnight of the zone at or before `at`: where the daily judgement of risks stands (§5). */
export const lastMidnight = (at: Instant, timeZone: string): Instant => {
  const clock = wallClock(timeZone);
  const wall = clock(Date.parse(at));
  return iso(instantAt(wall - (((wall % DAY) + DAY) % DAY), clock));
};

/** The first instant of the zone's next month. */
export const nextMonthStart = (after: Instant, timeZone: string): Instant => {
  const clock = wallClock(timeZone);
  const wall = new Date(clock(Date.parse(after)));
  return iso(instantAt(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() + 1, 1), clock));
};

/** The first instants of the zone's last `count` months, the running one's included, oldest first. */
export const monthStarts = (until: Instant, count: number, timeZone: string): readonly Instant[] => {
  const clock = wallClock(timeZone);
  const wall = new Date(clock(Date.parse(until)));
  return Array.from({ length: count }, (_, at) =>
    iso(instantAt(Date.UTC(wall.getUTCFullYear(), wall.getUTCMonth() - (count - 1 - at), 1), clock)),
  );
};

/** Mondays 00:00 of the zone, the ends of ISO weeks, after `from` and up to `to` included (R15). */
export const weekEnds = (from: Instant, to: Instant, timeZone: string): readonly Instant[] => {
  const clock = wallClock(timeZone);
  const [after, until] = [Date.parse(from), Date.parse(to)];
  const wall = clock(after);
  const day = Math.floor(wall / DAY);
  // Day 0 was a Thursday: day 4 a Monday.
  const monday = day - ((((day - 4) % 7) + 7) % 7);
  const ends: Instant[] = [];
  for (let next = monday; ; next += 7) {
    const end = instantAt(next * DAY, clock);
    if (end > until) return ends;
    if (end > after) ends.push(iso(end));
  }
};
