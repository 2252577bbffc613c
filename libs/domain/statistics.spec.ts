import { gini, median, percentile, wilson } from './statistics';

describe('statistics of §5 and §6', () => {
  it('interpolates percentiles linearly', () => {
    expect(percentile([10, 20, 30, 40], 0.9)).toBeCloseTo(37);
    expect(percentile([7], 0.9)).toBe(7);
    expect(percentile([], 0.9)).toBeNull();
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 2, 3])).toBe(2.5);
  });

  it('knows the Gini of equals, of one who gives all, and of 1 2 3 4', () => {
    expect(gini([3, 3, 3, 3])).toBeCloseTo(0);
    expect(gini([0, 0, 0, 10])).toBeCloseTo(0.75);
    expect(gini([1, 2, 3, 4])).toBeCloseTo(0.25);
    expect(gini([])).toBeNull();
  });

  it('gives the Wilson interval of 8 of 10, of none and of all', () => {
    expect(wilson(8, 10)?.low).toBeCloseTo(0.4902, 4);
    expect(wilson(8, 10)?.high).toBeCloseTo(0.9433, 4);
    expect(wilson(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.2775, 4) });
    expect(wilson(10, 10)).toEqual({ low: expect.closeTo(0.7225, 4), high: expect.closeTo(1) });
    expect(wilson(0, 0)).toBeNull();
  });
});
