import type { Pool, PoolClient } from 'pg';
import { START, type Position } from '#event-store/log.port';
import { borrow, inTransaction } from '#postgres/transaction';
import type { Growth, KeptCheckpoint, TilePlace, TreeState, TreeStore } from '../tree-store.port';
import { migrateTrees } from './tree-tables';

interface StateRow {
  readonly log_id: string;
  readonly size: string;
  readonly position: Position;
}
interface CheckpointRow {
  readonly size: string;
  readonly note: string;
}

const OF_TREE = 'tree = (select id from audit.tree where origin = $1)';

const keptIn = ({ size, note }: CheckpointRow): KeptCheckpoint => ({ size: Number(size), note });

/** The compare-and-set: whoever believes another state changes nothing. */
const moved = async (client: PoolClient, origin: string, { from, to }: Growth): Promise<boolean> => {
  const now = [origin, to.logId, to.size, to.position];
  const { rowCount } =
    from === null
      ? await client.query('insert into audit.tree (origin, log_id, size, position) values ($1, $2, $3, $4) on conflict do nothing', now)
      : await client.query(
          `update audit.tree set log_id = $2, size = $3, position = $4
           where origin = $1 and log_id = $5 and size = $6 and position = $7`,
          [...now, from.logId, from.size, from.position],
        );
  return rowCount === 1;
};

const putTiles = (client: PoolClient, origin: string, { tiles, places, shortIds }: Growth) => {
  const ofEvents = <T>(of: (index: number) => T): (T | null)[] => tiles.map(({ level, index }) => (level === 0 ? of(index) : null));
  return client.query(
    `insert into audit.tile (tree, level, index, hashes, position, short_ids)
     select t.id, n.level, n.index, n.hashes, n.position, n.short_ids::integer[]
     from audit.tree t, unnest($2::smallint[], $3::bigint[], $4::bytea[], $5::text[], $6::text[])
       as n (level, index, hashes, position, short_ids) where t.origin = $1
     on conflict (tree, level, index) do update
       set hashes = excluded.hashes, position = excluded.position, short_ids = excluded.short_ids`,
    [
      ...[origin, tiles.map(({ level }) => level), tiles.map(({ index }) => index), tiles.map(({ hashes }) => hashes)],
      ...[ofEvents((index) => places.get(index)), ofEvents((index) => arrayText(shortIds.get(index)))],
    ],
  );
};

/** Where a copied log has the events of tiles that are there. */
const putPlaces = (client: PoolClient, origin: string, { places, shortIds }: Growth) =>
  client.query(
    `update audit.tile set position = n.position, short_ids = n.short_ids::integer[]
     from unnest($2::bigint[], $3::text[], $4::text[]) as n (index, position, short_ids)
     where ${OF_TREE} and level = 0 and tile.index = n.index`,
    [origin, [...places.keys()], [...places.values()], [...places.keys()].map((index) => arrayText(shortIds.get(index)))],
  );

/** Lists of unlike lengths cannot go in one parameter but as texts. */
const arrayText = (ids: Int32Array | undefined): string | null => (ids ? `{${ids.join(',')}}` : null);

interface PlaceRow {
  readonly index: string;
  readonly after: Position;
}

const placeIn = ({ index, after }: PlaceRow): TilePlace => ({ index: Number(index), after });

/** Of the tree $1; before its first tile, $2. */
const PLACE = `index, coalesce((select before.position from audit.tile before
  where before.tree = tile.tree and before.level = 0 and before.index = tile.index - 1), $2) as after`;

const locks = async (client: PoolClient, origin: string): Promise<boolean> => {
  const sql = 'select pg_try_advisory_lock(hashtextextended($1, 0)) as mine';
  const { rows } = await client.query<{ mine: boolean }>(sql, [`savoirs audit ${origin}`]);
  return rows[0]?.mine === true;
};

/**
 * In the schema `audit`; makes its tables. One tree for each name of a log. The pool stays its owner's.
 * @param keepsIds whether events are found by the tree: for logs that cannot do it themselves
 * @throws TreeTablesProblem
 */
export const postgresTreeStore = async (pool: Pool, origin: string, { keepsIds = true } = {}): Promise<TreeStore> => {
  await migrateTrees(pool);
  const checkpointsWhere = async (condition: string, ...values: readonly unknown[]): Promise<readonly KeptCheckpoint[]> => {
    const sql = `select size, note from audit.checkpoint where ${OF_TREE} ${condition}`;
    return (await pool.query<CheckpointRow>(sql, [origin, ...values])).rows.map(keptIn);
  };
  return {
    state: async (): Promise<TreeState | null> => {
      const { rows } = await pool.query<StateRow>('select log_id, size, position from audit.tree where origin = $1', [origin]);
      return rows[0] ? { logId: rows[0].log_id, size: Number(rows[0].size), position: rows[0].position } : null;
    },
    grow: (growth) =>
      inTransaction(pool, 'begin', async (client) => {
        if (!(await moved(client, origin, growth))) return false;
        const put = growth.tiles.length > 0 ? putTiles : putPlaces;
        await put(client, origin, keepsIds ? growth : { ...growth, shortIds: new Map() });
        return true;
      }),
    tile: async ({ level, index }) => {
      const sql = `select hashes from audit.tile where ${OF_TREE} and level = $2 and index = $3`;
      const { rows } = await pool.query<{ hashes: Buffer }>(sql, [origin, level, index]);
      return rows[0]?.hashes ?? Buffer.alloc(0);
    },
    tileWith: async (position) => {
      const sql = `select ${PLACE} from audit.tile where ${OF_TREE} and level = 0 and position >= $3 order by position limit 1`;
      const [row] = (await pool.query<PlaceRow>(sql, [origin, START, position])).rows;
      return row ? placeIn(row) : null;
    },
    tilesWith: async (shortIds) => {
      const of = (condition: string): string => `select ${PLACE} from audit.tile where ${OF_TREE} and level = 0 and ${condition}`;
      const sql = `${of('short_ids && $3::integer[]')} union all ${of('short_ids is null')} order by 1`;
      return (await pool.query<PlaceRow>(sql, [origin, START, shortIds])).rows.map(placeIn);
    },
    endOf: async (index) => {
      const sql = `select position from audit.tile where ${OF_TREE} and level = 0 and index = $2`;
      return (await pool.query<{ position: Position }>(sql, [origin, index])).rows[0]?.position ?? null;
    },
    keep: async ({ size, note }) => {
      const sql = `insert into audit.checkpoint (tree, size, note) select id, $2, $3 from audit.tree where origin = $1
        on conflict (tree, size) do update set note = excluded.note`;
      await pool.query(sql, [origin, size, note]);
    },
    checkpoint: async (size) =>
      (await (size === undefined ? checkpointsWhere('order by size desc limit 1') : checkpointsWhere('and size = $2', size)))[0] ?? null,
    checkpoints: () => checkpointsWhere('order by size'),
    lead: async () => {
      const { client, giveBack } = await borrow(pool);
      let isLost = false;
      client.once('end', () => (isLost = true));
      const isMine = await locks(client, origin).catch((fault: unknown) => {
        giveBack(true);
        throw fault;
      });
      // the connection goes with the lock: no later borrower of it holds one unknowingly
      if (isMine) return { isLost: () => isLost, release: async () => giveBack(true) };
      giveBack(false);
      return null;
    },
  };
};
