import { testDatabase, type TestDatabase } from '#testing/test-database';
import type { EventId } from '#kernel/id';
import { encode, readyToWrite, RowEvidence, writeEncoded, type Sealed } from './row-writer';
import { inTransaction } from '#postgres/transaction';

let db: TestDatabase;
beforeAll(async () => {
  db = await testDatabase();
  await db.pool.query('create table evidence (projection integer, key text, ordinals bigint[], event_ids uuid[])');
});
afterAll(() => db.drop());

const id = (n: number): EventId => `01234567-89ab-4cde-8f01-${String(n).padStart(12, '0')}` as EventId;
/** Beyond 32 bits, beyond 65,536 places at one position, and what a log's position can be at most. */
const PLACES = [
  [1, 0],
  [1, 65_535],
  [1, 65_536],
  [65_535, 65_536],
  [65_536, 0],
  [2 ** 40 + 3, 70_000],
  [2 ** 47 - 1, 65_535],
] as const;

const told = (): RowEvidence => {
  const [first, ...others] = PLACES.map(([position, place], n) => ({ eventId: id(n), position, place, next: undefined }));
  const all = new RowEvidence('key', first!);
  for (const one of others) all.add(one);
  return all;
};

describe('evidence', () => {
  it('lies at its position times 65,536 and its place, by COPY as by a statement', async () => {
    const none = { upsert: '', remove: '', copied: '', values: () => [], copyRow: () => 0 };
    const into = { table: { ...none, create: [], load: '', keys: '' }, evidence: 'evidence', projection: 7 };
    const sealed: Sealed = { changed: [], existing: [], removed: [], told: [told()], cleared: new Set() };
    const encoded = await encode(into, sealed);
    const few = await readyToWrite(into, sealed);
    await inTransaction(db.pool, 'begin', async (client) => {
      await writeEncoded(client, into, encoded);
      await few(client);
    });
    const ordinals = PLACES.map(([position, place]) => String(BigInt(position) * 65_536n + BigInt(place)));
    const row = { projection: 7, key: 'key', ordinals, ids: PLACES.map((_, n) => id(n)) };
    const { rows } = await db.pool.query('select projection, key, ordinals::text[], event_ids::text[] as ids from evidence');
    expect(rows).toEqual([row, row]);
  });
});
