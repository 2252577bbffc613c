import type { Instant } from './id';
import { asOfOrNow, dayFrom, FIRST_INSTANT, instantAt, instantFrom, LAST_INSTANT } from './instant';

describe('an instant', () => {
  it.each([
    ['2026-05-01T00:00:00Z', '2026-05-01T00:00:00.000Z'],
    ['2026-05-01T02:00+02:00', '2026-05-01T00:00:00.000Z'],
    ['2026-05-01T00:00:00.1234567Z', '2026-05-01T00:00:00.123Z'],
    ['2028-02-29T23:59:59-12:00', '2028-03-01T11:59:59.000Z'],
    ['2000-02-29T00:00:00+14:00', '2000-02-28T10:00:00.000Z'],
    ['2026-05-01T00:00:00+05:45', '2026-04-30T18:15:00.000Z'],
    [FIRST_INSTANT, FIRST_INSTANT],
    [LAST_INSTANT, LAST_INSTANT],
  ])('is read from %s', (text, instant) => expect(instantFrom(text)).toBe(instant));

  it.each([
    '2027-02-30T00:00:00Z',
    '2027-02-29T00:00:00Z',
    '1900-02-29T00:00:00Z',
    '2026-04-31T00:00:00Z',
    '2026-06-00T00:00:00Z',
    '2026-13-01T00:00:00Z',
    '2026-00-01T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '2026-05-01T24:00:00Z',
    '2026-05-01T23:60:00Z',
    '2026-05-01T23:59:60Z',
    '2026-05-01T00:00:00+14:15',
    '2026-05-01T00:00:00-12:15',
    '2026-05-01T00:00:00+25:00',
    '2026-05-01T00:00:00+01:07',
    '2026-05-01T00:00:00+01:60',
    '9999-12-31T23:59:59-01:00',
    '0001-01-01T00:00:00+01:00',
    '+010000-01-01T00:00:00Z',
    '2026-05-01',
    '2026-05-01T00:00:00',
    '2026-05-01 00:00:00Z',
    ' 2026-05-01T00:00:00Z',
    '2026-05-01T00:00:00Z\n',
    '',
  ])('that does not exist, or has no zone, is none: %j (R24, case 4)', (text) => expect(instantFrom(text)).toBeNull());

  it('is the first or the last one where a sum lies beyond', () => {
    expect(instantAt(Date.parse('2026-03-01T09:00:00Z'))).toBe('2026-03-01T09:00:00.000Z');
    expect([instantAt(8e20), instantAt(Infinity)]).toEqual([LAST_INSTANT, LAST_INSTANT]);
    expect(instantAt(-8e20)).toBe(FIRST_INSTANT);
    expect(() => instantAt(Number.NaN)).toThrow(RangeError);
  });
});

describe('a day', () => {
  it('is a day that the calendar has', () => {
    for (const day of ['2028-02-29', '2026-12-31', '0001-01-01', '9999-12-31']) expect(dayFrom(day)).toBe(day);
  });

  it.each(['2027-02-29', '2026-06-31', '0000-00-00', '9999-99-99', '2026-3-1', '2026-03-01T00:00:00Z', '2026-03-01\n', ''])(
    'is not %j (R24, case 4)',
    (text) => expect(dayFrom(text)).toBeNull(),
  );
});

describe('a question', () => {
  const [yesterday, now, tomorrow] = ['2026-03-01', '2026-03-02', '2026-03-03'].map((day) => `${day}T09:00:00.000Z` as Instant);

  it('as of the future, or of no date, is one as of now (R24, case 3)', () => {
    expect([yesterday, now, tomorrow, LAST_INSTANT, undefined].map((asked) => asOfOrNow(asked, now!))).toEqual([
      yesterday,
      now,
      now,
      now,
      now,
    ]);
  });
});
