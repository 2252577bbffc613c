import { canonicalRow } from './canonical-json';
import { wireArray } from './wire-array';

describe('a row as text', () => {
  it.each([
    [{ b: 1, a: [{ d: null, c: 'é"\\' }] }, '{"a":[{"c":"é\\"\\\\","d":null}],"b":1}'],
    [{ b: undefined, a: -0 }, '{"a":0}'],
    [{ '10': 1, '9': { z: 1, b: 2 }, a: 3 }, '{"10":1,"9":{"b":2,"z":1},"a":3}'],
    [{ a: { '7': 1 }, text: ',"1":' }, '{"a":{"7":1},"text":",\\"1\\":"}'],
    [[1.5, true, undefined], '[1.5,true,null]'],
    [{ é: 1, z: 2, '😀': 3, '\ufb33': 4 }, '{"z":2,"é":1,"😀":3,"\ufb33":4}'],
  ])('is the same for equal rows, whatever order their keys were written in: %j', (row, text) => {
    expect(canonicalRow(row)).toBe(text);
    expect(canonicalRow(JSON.parse(text))).toBe(text);
  });

  it('leaves the row itself as it was', () => {
    const row = { b: { d: 1, c: 2 }, a: 1 };
    canonicalRow(row);
    expect(JSON.stringify(row)).toBe('{"b":{"d":1,"c":2},"a":1}');
  });

  it.each([[new Date(0)], [Number.NaN], [() => 1], [{ a: 1n }], [{ a: [new Map()] }]])('is refused where it is no plain JSON', (row) => {
    expect(() => canonicalRow(row)).toThrow('plain JSON');
  });
});

describe('an array on the wire', () => {
  it('escapes what PostgreSQL reads, and nothing else', () => {
    expect(wireArray(['a', null, 'q"\\', 'l\nf', '😀"', ''])).toBe('{"a",NULL,"q\\"\\\\","l\nf","😀\\"",""}');
  });
});
