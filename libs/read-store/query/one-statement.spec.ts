import { rollBack } from '../builds/cut-over';
import { rebuild } from '../builds/operations';
import { db, first, NAME, operating, parts, second, source, start, states, store, withTwoVersions } from '../builds/versions.fixture';
import type { AnyReadModel } from '../read-model';
import { NotActive, type TableOf } from '../read-store.port';

withTwoVersions();

const keysOf = (model: AnyReadModel, after = '') => {
  const statement = (table: TableOf) => `select key from ${table(model)} where key > $2 order by key`;
  return store.readOnce<{ key: string }>([model], statement, [after]);
};

describe('a read by one statement', () => {
  it('tells the rows, and the position and build that they are of, as a transaction does', async () => {
    await source.writeHours(60, 3);
    await (await start(first)).drain();
    const { readPosition } = await store.read([first], () => Promise.resolve(null));
    const keys = ['member-0', 'member-1', 'member-2'].map((key) => ({ key }));
    expect(await keysOf(first)).toEqual({ readPosition, rows: keys });
    expect(await keysOf(first, 'z')).toEqual({ readPosition, rows: [] });
  });

  it('is of the build that serves, though another one did when it was asked last, whose table is gone', async () => {
    await source.writeHours(60, 3);
    await (await start(first)).drain();
    expect((await keysOf(first)).readPosition.builds).toBe('hours_by_member_v1');
    await rebuild(await operating(first), { name: NAME, byHand: false });
    await (await start(first)).drain();
    expect(await states()).toEqual(['1.1 ready kept', '1.2 active']);
    const { readPosition, rows } = await keysOf(first);
    expect([readPosition.builds, rows.length]).toEqual(['hours_by_member_v1_b2', 3]);
    await rebuild(await operating(first), { name: NAME, byHand: false });
    await (await start(first)).drain();
    await db.pool.query('drop table read.hours_by_member_v1_b2');
    expect((await keysOf(first)).readPosition.builds).toBe('hours_by_member_v1_b3');
  });

  it('is refused while another version serves, and only so long', async () => {
    const next = second({});
    await source.writeHours(60, 3);
    await (await start(first)).drain();
    await keysOf(first);
    await expect(keysOf(next)).rejects.toThrow(NotActive);
    await (await start(next)).drain();
    await expect(keysOf(first)).rejects.toThrow(NotActive);
    expect((await keysOf(next)).rows).toHaveLength(3);
    await rollBack(parts(), NAME);
    await expect(keysOf(next)).rejects.toThrow(NotActive);
    expect((await keysOf(first)).rows).toHaveLength(3);
  });
});
