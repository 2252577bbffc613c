import type { PoolClient } from 'pg';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { copyRows, type CopyEncoder } from './copy-encoder';
import type { AnyReadModel, Column } from '../read-model';
import { createTable, readModelTable, type WrittenRow } from './read-model-table';

let db: TestDatabase;
let client: PoolClient;
beforeAll(async () => {
  db = await testDatabase();
  client = await db.pool.connect();
  await client.query('create schema read');
});
afterAll(async () => {
  client.release();
  await db.drop();
});

type Value = ReturnType<Column<unknown>['of']>;
const field = (name: string) => (row: unknown) => (row as Record<string, Value>)[name] ?? null;
const column = (type: Column<unknown>['type'], name: string): Column<unknown> => ({ type, of: field(name) });

const model = (name: string): AnyReadModel => ({
  projection: { name, version: 1, handles: {}, keys: () => [], evolve: () => ({ row: null }) },
  columns: {
    t: column('text', 't'),
    i: column('integer', 'i'),
    b: column('bigint', 'b'),
    f: column('double precision', 'f'),
    y: column('boolean', 'y'),
    a: column('text[]', 'a'),
  },
  indexes: [],
});

const ROWS: readonly Record<string, Value>[] = [
  { t: 'plain', i: 0, b: 0, f: 0, y: false, a: [] },
  { t: 'tab\t quote" back\\slash \n é 😀 {},', i: -(2 ** 31), b: -(2 ** 53) + 1, f: -1.5e-300, y: true, a: ['', 'NULL', '"é\\', '😀'] },
  { t: '', i: 2 ** 31 - 1, b: 2 ** 53 - 1, f: 1 / 3, y: true, a: ['x'] },
  { t: 'y'.repeat(200_000), a: [] },
  {},
];
const written = (row: unknown, index: number): WrittenRow => ({ key: `${index} "é\\\t`, row, text: JSON.stringify(row) });
const contents = async (table: string) => (await client.query(`select * from ${table} order by key`)).rows;

describe('rows in binary', () => {
  it('arrive as those that travel as text do, in every type of column', async () => {
    const [copied, given] = [readModelTable(model('copied'), 'read'), readModelTable(model('given'), 'read')];
    await createTable(client, copied);
    await createTable(client, given);
    await copyRows(client, copied.copied, { rows: ROWS.map(written), write: copied.copyRow });
    await client.query(given.upsert, [...given.values(ROWS.map(written))]);
    expect(await contents('read.copied_v1')).toEqual(await contents('read.given_v1'));
    expect(await contents('read.copied_v1')).toHaveLength(ROWS.length);
  });

  it.each([
    ['a text as integer', { i: '1' }],
    ['half an integer', { i: 0.5 }],
    ['an integer beyond 32 bits', { i: 2 ** 31 }],
    ['a number as yes or no', { y: 1 }],
    ['a text as list', { a: 'x' }],
    ['a NUL', { t: '\0' }],
  ])('are refused for %s, and the connection goes on', async (what, row) => {
    const table = readModelTable(model(what.replaceAll(' ', '-')), 'read');
    await createTable(client, table);
    await expect(copyRows(client, table.copied, { rows: [written(row, 0)], write: table.copyRow })).rejects.toThrow();
    expect((await client.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
  });

  it('hold lists of ids and numbers', async () => {
    await client.query('create table read.lists (ids uuid[], numbers bigint[])');
    const id = '01234567-89ab-4cde-8f01-23456789abcd';
    const write = (to: CopyEncoder, halves: readonly (readonly [number, number])[]): void => {
      to.row(2);
      const ids = to.beginArray('uuid', 1);
      to.uuid(id);
      to.endArray(ids);
      const numbers = to.beginArray('int8', halves.length);
      for (const [high, low] of halves) to.int8Halves(high, low);
      to.endArray(numbers);
    };
    await copyRows(client, 'read.lists', {
      rows: [
        [
          [0, 1],
          [1, 2 ** 32 - 1],
          [-(2 ** 30), 0],
        ],
        [],
      ],
      write,
    });
    expect((await client.query('select ids, numbers::text from read.lists')).rows).toEqual([
      { ids: [id], numbers: `{1,${2n ** 33n - 1n},-4611686018427387904}` },
      { ids: [id], numbers: '{}' },
    ]);
  });
});
