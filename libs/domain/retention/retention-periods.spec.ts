import { instant } from '#testing/commands';
import { isPastKeeping, keptSince } from './retention-periods';

const end = instant('2024-02-29T10:00:00Z');

describe('how long something is kept', () => {
  it('is counted in calendar months back from the moment that asks (R19)', () => {
    expect(isPastKeeping(end, 24, instant('2026-02-28T10:00:00Z'))).toBe(false);
    expect(isPastKeeping(end, 24, instant('2026-03-01T10:00:00Z'))).toBe(true);
    expect(isPastKeeping(instant('2024-03-01T10:00:00Z'), 24, instant('2026-03-01T10:00:00Z'))).toBe(true);
    expect(isPastKeeping(instant('2024-03-01T10:00:00.001Z'), 24, instant('2026-03-01T10:00:00Z'))).toBe(false);
  });

  it('is for good where the policy says 0 (R19)', () => {
    expect(keptSince(0, instant('2026-03-01T10:00:00Z'))).toBeNull();
    expect(isPastKeeping(end, 0, instant('9999-01-01T00:00:00Z'))).toBe(false);
  });
});
