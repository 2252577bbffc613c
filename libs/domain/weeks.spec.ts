import { LAST_INSTANT } from '#kernel/instant';
import type { Instant } from '#kernel/id';
import { addDays } from './calendar';
import { lastMidnight, monthStarts, weekEnds } from './weeks';

const at = (text: string): Instant => text as Instant;

describe('weeks and days of a network', () => {
  it('come to an end at the end of time, too (R24, case 3)', () => {
    expect(weekEnds(addDays(LAST_INSTANT, -8), LAST_INSTANT, 'Europe/Paris')).toEqual(['9999-12-26T23:00:00.000Z']);
  });

  it('ends weeks on Monday at the midnight of the network, across a change of clocks (R15)', () => {
    expect(weekEnds(at('2026-03-20T12:00:00.000Z'), at('2026-04-06T12:00:00.000Z'), 'Europe/Paris')).toEqual([
      '2026-03-22T23:00:00.000Z',
      '2026-03-29T22:00:00.000Z',
      '2026-04-05T22:00:00.000Z',
    ]);
  });

  it('counts a week end at its own instant, and none before', () => {
    expect(weekEnds(at('2026-03-22T23:00:00.000Z'), at('2026-03-29T22:00:00.000Z'), 'Europe/Paris')).toEqual(['2026-03-29T22:00:00.000Z']);
    expect(weekEnds(at('2026-03-22T23:00:00.000Z'), at('2026-03-29T21:59:59.999Z'), 'Europe/Paris')).toEqual([]);
  });

  it('judges risks at the midnight of the network (§5)', () => {
    expect(lastMidnight(at('2026-07-01T10:00:00.000Z'), 'Europe/Paris')).toBe('2026-06-30T22:00:00.000Z');
    expect(lastMidnight(at('2026-01-01T02:00:00.000Z'), 'America/New_York')).toBe('2025-12-31T05:00:00.000Z');
    expect(lastMidnight(at('2026-10-25T12:00:00.000Z'), 'Europe/Paris')).toBe('2026-10-24T22:00:00.000Z');
  });

  it('begins months at the midnight of the network, across a change of clocks and of years (§5)', () => {
    expect(monthStarts(at('2026-10-31T23:30:00.000Z'), 2, 'Europe/Paris')).toEqual([
      '2026-09-30T22:00:00.000Z',
      '2026-10-31T23:00:00.000Z',
    ]);
    expect(monthStarts(at('2026-01-01T02:00:00.000Z'), 2, 'America/New_York')).toEqual([
      '2025-11-01T04:00:00.000Z',
      '2025-12-01T05:00:00.000Z',
    ]);
  });
});
