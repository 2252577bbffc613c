import type { Instant } from '#kernel/id';
import { FIRST_INSTANT, LAST_INSTANT } from '#kernel/instant';
import { addDays, addMonths, isTimeZone, localDay, minutesBetween } from './calendar';

const at = (text: string): Instant => text as Instant;

describe('calendar', () => {
  it('adds days of 24 hours across a change of clocks', () => {
    expect(addDays(at('2026-03-28T09:00:00.000Z'), 2)).toBe('2026-03-30T09:00:00.000Z');
  });

  it('adds months, to the last day of a shorter month', () => {
    expect(addMonths(at('2026-01-31T09:00:00.000Z'), 1)).toBe('2026-02-28T09:00:00.000Z');
    expect(addMonths(at('2024-02-29T09:00:00.000Z'), 12)).toBe('2025-02-28T09:00:00.000Z');
    expect(addMonths(at('2026-11-15T09:00:00.000Z'), 12)).toBe('2027-11-15T09:00:00.000Z');
  });

  it('adds months in the first years, too, and to the last instant there is', () => {
    expect(addMonths(at('0026-01-31T09:00:00.000Z'), 1)).toBe('0026-02-28T09:00:00.000Z');
    expect([addMonths(LAST_INSTANT, 1), addMonths(LAST_INSTANT, Number.MAX_SAFE_INTEGER)]).toEqual([LAST_INSTANT, LAST_INSTANT]);
    expect(addMonths(FIRST_INSTANT, -12)).toBe(FIRST_INSTANT);
  });

  it('computes no date that cannot be recorded (R24, cases 1 and 2)', () => {
    expect(addDays(at('9999-12-31T23:00:00.000Z'), 14)).toBe(LAST_INSTANT);
    expect(addDays(FIRST_INSTANT, -1)).toBe(FIRST_INSTANT);
    expect(localDay(at('0026-11-29T10:00:00.000Z'), 'Europe/Paris')).toBe('0026-11-29');
    expect(localDay(LAST_INSTANT, 'Pacific/Kiritimati')).toBe('9999-12-31');
  });

  it('counts minutes, negative towards the past', () => {
    expect(minutesBetween(at('2026-03-01T09:00:00.000Z'), at('2026-03-01T10:30:59.000Z'))).toBe(90);
    expect(minutesBetween(at('2026-03-01T10:30:00.000Z'), at('2026-03-01T09:00:00.000Z'))).toBe(-90);
  });

  it('names the day in the time zone of the network (R23)', () => {
    expect(localDay(at('2026-03-01T23:30:00.000Z'), 'Europe/Paris')).toBe('2026-03-02');
    expect(localDay(at('2026-03-01T23:30:00.000Z'), 'America/Cayenne')).toBe('2026-03-01');
  });

  it('knows a time zone from a word', () => {
    expect([isTimeZone('Europe/Paris'), isTimeZone('UTC'), isTimeZone('Paris')]).toEqual([true, true, false]);
  });
});
