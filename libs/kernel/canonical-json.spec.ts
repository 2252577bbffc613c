import fc from 'fast-check';
import { canonicalJson, NotCanonical } from './canonical-json';

const SEED = 20260301;

/** Written the other way round: keys reversed, so that order in is not order out. */
const reversed = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(reversed);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([key, member]) => [key, reversed(member)]),
  );
};

describe('canonical JSON (RFC 8785)', () => {
  it(`reads back as the same value, whatever it is (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(JSON.parse(canonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { seed: SEED },
    );
  });

  it(`does not depend on the order in which members were set (seed ${SEED})`, () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'grapheme' }), (value) => {
        expect(canonicalJson(reversed(value))).toBe(canonicalJson(value));
      }),
      { seed: SEED },
    );
  });

  it('writes the standard’s own example', () => {
    const value = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001, -0],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27,0],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('orders keys by UTF-16 code units, not by code points', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\u{1f600}': 5, '\u0080': 6, '\u00f6': 7 };
    expect(Object.values(JSON.parse(canonicalJson(value)) as object)).toHaveLength(7);
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\u{1f600}":5,"\ufb33":3}');
  });

  it('leaves out a member that is undefined', () => {
    expect(canonicalJson({ b: undefined, a: 1 })).toBe('{"a":1}');
  });

  it.each([
    [{ b: 1, a: [{ d: null, c: 'é"\\' }] }, '{"a":[{"c":"é\\"\\\\","d":null}],"b":1}'],
    [{ '10': 1, '9': { z: 1, b: 2 }, a: 3 }, '{"10":1,"9":{"b":2,"z":1},"a":3}'],
    [{ a: { '7': 1 }, text: ',"1":' }, '{"a":{"7":1},"text":",\\"1\\":"}'],
    [{ text: 'C:\\ud800' }, '{"text":"C:\\\\ud800"}'],
  ])('orders keys that are numbers, and takes no text for one: %j', (value, text) => {
    expect(canonicalJson(value)).toBe(text);
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });

  it('writes objects that begin alike each by its own keys, and maps by id, too', () => {
    const alike = ['x', 'y', 'z'].map((other) => ({ one: 1, [other]: 2, another: 3 }));
    for (const _ of [1, 2]) expect(alike.map(canonicalJson)).toEqual(['x', 'y', 'z'].map((other) => `{"another":3,"one":1,"${other}":2}`));
    expect(
      canonicalJson({ 'b-1': { one: undefined, x: undefined, another: undefined }, 'a-1': { one: undefined, another: 3, x: 2 } }),
    ).toBe('{"a-1":{"another":3,"x":2},"b-1":{}}');
  });

  it('leaves the value itself as it was', () => {
    const value = { b: { d: 1, c: 2 }, a: 1 };
    canonicalJson(value);
    expect(JSON.stringify(value)).toBe('{"b":{"d":1,"c":2},"a":1}');
  });

  it.each([
    ['half a surrogate pair', 'a\ud800'],
    ['half a surrogate pair in a key', { '\udc00': 1 }],
    ['a number that is not finite', [NaN]],
    ['a hole in a list', [undefined]],
    ['a date', new Date(0)],
    ['a map', { a: [new Map()] }],
    ['a function', () => 1],
    ['a big integer', 1n],
  ])('refuses %s, and does not repeat it', (_, value) => {
    expect(() => canonicalJson(value)).toThrow(NotCanonical);
  });
});
