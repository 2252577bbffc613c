import type { SeededRandom } from '#apps/demo/seeded-random';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** What breaks texts, terminals, spreadsheets, pages, paths and databases. */
const TEXTS: readonly string[] = [
  '',
  ' ',
  '\0',
  'a\0b',
  '\ud800',
  'a\udfffb',
  '\u001b[31m',
  '\r\nSet-Cookie: a=b',
  '\u202egnp.exe',
  '\u2066a\u2069',
  '\u200b',
  '\u2800',
  '\ufeff',
  '\u00ad',
  'e\u0301\u0327',
  '👩‍👩‍👧‍👦',
  '=HYPERLINK("http://example.org")',
  '＝1+1',
  '\n=1+1',
  '@SUM(A1)',
  '<script>alert(1)</script>',
  "'; drop table log.events; --",
  '%00',
  '%',
  '_',
  '\\',
  '../../etc/passwd',
  '${7*7}',
  '{{7*7}}',
  '__proto__',
  'constructor',
  'toString',
  'null',
  'undefined',
  'NaN',
  'true',
  '0',
  '-1',
  '1e400',
  '0x10',
  '99999999999999999999',
  'a:b',
  '*',
  ':*',
  '& | !',
  "''",
  '"',
  '"a b',
  '-"a b"',
  '(((((((',
  'C++ C# .NET',
];

const INSTANTS: readonly string[] = [
  '2027-02-30T00:00:00Z',
  '2026-13-01T00:00:00Z',
  '2026-11-29T24:00:00Z',
  '2026-11-29T23:59:60Z',
  '0000-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '1582-10-10T00:00:00Z',
  '1969-12-31T23:59:59.999Z',
  '9999-12-31T23:59:59.999Z',
  '+010000-01-01T00:00:00Z',
  '-271821-04-20T00:00:00Z',
  '275760-09-13T00:00:00Z',
  '2026-11-29T10:00:00',
  '2026-11-29T10:00:00+25:00',
  '2026-11-29T10:00:00.123456789Z',
  '2026-11-29',
  '0000-00-00',
  '9999-12-31',
  '2026-W48-7',
];

const NUMBERS: readonly number[] = [
  0,
  -0,
  -1,
  1,
  0.5,
  1e-7,
  2 ** 31,
  -(2 ** 31) - 1,
  2 ** 53,
  -(2 ** 53) - 2,
  1e21,
  1.7976931348623157e308,
  5e-324,
];

const UUIDS: readonly string[] = [
  '00000000-0000-0000-0000-000000000000',
  'ffffffff-ffff-ffff-ffff-ffffffffffff',
  'FFFFFFFF-FFFF-4FFF-8FFF-FFFFFFFFFFFF',
  '00000000-0000-4000-8000-00000000000',
  '{00000000-0000-4000-8000-000000000000}',
];

const POSITIONS: readonly string[] = [
  '00000000000000000000',
  '99999999999999999999',
  '09223372036854775807',
  '18446744073709551616',
  '99999999999999999999.00000000',
  '00000000000000000001.deadbeef',
  '1',
];

/** One that a parameter of an address may hold, too. */
export const hostileText = (chance: SeededRandom): string =>
  chance.of(
    chance.weighed([
      [6, TEXTS],
      [3, INSTANTS],
      [1, UUIDS],
      [1, POSITIONS],
    ]),
  );

const LENGTHS = [65, 256, 1_001, 2_001, 4_001, 20_000, 70_000] as const;

export const longText = (chance: SeededRandom): string => chance.of(['a', 'é', 'a ', '\n', '👩', '(']).repeat(chance.of(LENGTHS));

const nested = (depth: number, isList: boolean): Json => {
  let inner: Json = 1;
  for (let level = 0; level < depth; level += 1) inner = isList ? [inner] : { a: inner };
  return inner;
};

export const hostileValue = (chance: SeededRandom): Json =>
  chance.weighed<() => Json>([
    [10, () => hostileText(chance)],
    [1, () => longText(chance)],
    [4, () => chance.of(NUMBERS)],
    [3, () => chance.of([null, true, false])],
    [2, () => chance.of<Json>([[], {}, [null], [[]], { __proto__: null, length: 1 }, { toString: 1 }, { then: 1 }])],
    [1, () => nested(chance.of([5, 31, 33]), chance.yes(0.5))],
    [1, () => Array.from({ length: chance.of([51, 201, 1_001]) }, (_, index) => index)],
  ])();

const isHolder = (value: Json): value is readonly Json[] | Readonly<Record<string, Json>> => typeof value === 'object' && value !== null;

const FOREIGN = ['x', 'id', 'constructor', 'toString', 'hasOwnProperty', 'networkId', 'by', '', 'a.b', '\0', 'é'] as const;

/** One place of a value, chosen at random, made wrong. */
export const altered = (value: Json, chance: SeededRandom): Json => {
  if (!isHolder(value) || chance.yes(0.15)) return hostileValue(chance);
  if (Array.isArray(value)) return spoiltList(value as readonly Json[], chance);
  const record = value as Readonly<Record<string, Json>>;
  const names = Object.keys(record);
  if (names.length === 0 || chance.yes(0.1)) return { ...record, [chance.of(FOREIGN)]: hostileValue(chance) };
  const name = chance.of(names);
  const { [name]: inner = null, ...others } = record;
  return chance.yes(0.1) ? others : { ...record, [name]: altered(inner, chance) };
};

const spoiltList = (list: readonly Json[], chance: SeededRandom): Json => {
  const at = chance.whole(0, Math.max(0, list.length - 1));
  const inner = list[at];
  if (inner === undefined || chance.yes(0.2)) return [...list, hostileValue(chance)];
  if (chance.yes(0.3)) return [...list, inner];
  return list.map((one, index) => (index === at ? altered(one, chance) : one));
};

/** Bytes that are no JSON of a command, whatever they should have been. */
export const hostileBytes = (valid: string, chance: SeededRandom): Buffer =>
  chance.weighed<() => Buffer>([
    [3, () => Buffer.from(valid.slice(0, chance.whole(0, valid.length)))],
    [2, () => Buffer.concat([Buffer.from(valid.slice(0, valid.length >> 1)), Buffer.from([0xff, 0xc0, 0x80]), Buffer.from('"}')])],
    [
      2,
      () =>
        Buffer.from(
          chance.of(['', 'null', '[]', '""', '1', 'true', '{', '{"a":1}{"b":2}', '{"a":1,"a":2}', '\ufeff{}', '{"__proto__":{"x":1}}']),
        ),
    ],
    [1, () => Buffer.from('['.repeat(chance.of([33, 1_000, 100_000])))],
    [1, () => Buffer.from('{"a":'.repeat(chance.of([33, 10_000])))],
    [1, () => Buffer.from(`{"text":"${'a'.repeat(chance.of([250_000, 262_120, 262_144, 300_000]))}"}`)],
    [1, () => Buffer.from(`[${'0,'.repeat(100_000)}0]`)],
    [1, () => Buffer.from(`{${Array.from({ length: 15_000 }, (_, index) => `"a${index}":0`).join(',')}}`)],
    [1, () => Buffer.from(`{"n":${'9'.repeat(100_000)}}`)],
  ])();
