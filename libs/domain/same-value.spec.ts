import { sameValue } from './same-value';
import fc from 'fast-check';

describe('same value', () => {
  it('minds no order of keys, but every value', () => {
    expect(sameValue({ a: 1, b: [1, { c: null }] }, { b: [1, { c: null }], a: 1 })).toBe(true);
    const different: readonly (readonly [unknown, unknown])[] = [
      [{ a: 1 }, { a: 2 }],
      [{ a: 1 }, { a: 1, b: 2 }],
      [
        [1, 2],
        [2, 1],
      ],
      [[], {}],
      [null, {}],
      [{ a: undefined }, { b: undefined }],
    ];
    for (const [one, other] of different) expect(sameValue(one, other)).toBe(false);
  });

  it('says what the test runner says of any JSON value', () => {
    const equal = (one: unknown, other: unknown): boolean => {
      try {
        expect(one).toStrictEqual(other);
        return true;
      } catch {
        return false;
      }
    };
    const values = fc.jsonValue({ maxDepth: 2 }).map((value): unknown => JSON.parse(JSON.stringify(value)));
    fc.assert(
      fc.property(values, values, (one, other) => sameValue(one, other) === equal(one, other) && sameValue(one, structuredClone(one))),
    );
  });
});
