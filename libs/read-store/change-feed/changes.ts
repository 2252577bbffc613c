import type { Pool, PoolClient } from 'pg';
import { canonicalJson } from '#kernel/canonical-json';
import type { Position } from '#event-store/log.port';
import { buildsIn, isBuilt, selectBuilds, type BuildRow, type Checkpoint } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import type { WrittenRow } from '../tables/read-model-table';
import { inTransaction } from '#postgres/transaction';
import { controlTables, quotedName, quotedTable, READ_SCHEMA, tableName, type ControlTables } from '../tables/table-names';
import { arrayLiteral } from '../tables/array-literal';

const FOLLOWED = ['id', 'name', 'version', 'build', 'position', 'mended'] as const;

/** A build of a read model that is asked, and where it stands. */
export type FollowedBuild = Pick<BuildRow, (typeof FOLLOWED)[number]>;

/** One row after a checkpoint. */
export interface Change {
  readonly position: Position;
  /** Its place among the changes of that checkpoint, from 1. */
  readonly ordinal: number;
  readonly key: string;
  readonly network: string | null;
  /** Canonical JSON; null: the row is gone. */
  readonly row: string | null;
}

/** A place in the changes of one build, as often mended as it was then: after `ordinal` at `position`, or after all of that position where it is null. */
export interface ChangePosition {
  readonly build: number;
  readonly mended: number;
  readonly position: Position;
  readonly ordinal: number | null;
}

interface RowWrites {
  readonly model: AnyReadModel;
  /** Before the move. */
  readonly at: Checkpoint;
  readonly changed: readonly WrittenRow[];
  /** Their rows are still there: the table knows their network. */
  readonly removed: readonly string[];
}

/** Whether what changes in a build is told to those who follow it. */
export const keepsChanges = (model: AnyReadModel, { state }: Pick<Checkpoint, 'state'>): boolean =>
  model.keepsChanges === true && !isBuilt(state);

/**
 * Keeps what a batch changes, before its rows are written, in the transaction that has moved the checkpoint and holds its lock: its position is the changes'. Only
 * of a build that is asked, or can be at once: that is read under the same lock.
 */
export const recordChanges = async (client: PoolClient, tables: ControlTables, writes: RowWrites): Promise<void> => {
  const { schema } = tables;
  const { model, at, changed, removed } = writes;
  if (!keepsChanges(model, at) || changed.length + removed.length === 0) return;
  const networkOf = ({ key, row }: WrittenRow): string | null => {
    const network = model.columns['network_id']?.of(row, key);
    return typeof network === 'string' ? network : null;
  };
  const table = `${schema}.${quotedName(tableName(at))}`;
  await client.query(
    `with build as (select id, position from ${buildsIn(tables, 'asked')} b where id = $1),
       floor as (insert into ${tables.changeFloor} (projection, position) select id, $2 from build on conflict do nothing)
     insert into ${tables.change} (projection, position, ordinal, key, network, row)
     select build.id, build.position, place, told.key, coalesce(told.network, (select t.network_id from ${table} t where t.key = told.key)), told.row
     from build, unnest($3::text[], $4::text[], $5::text[]) with ordinality as told (key, network, row, place)`,
    [
      at.id,
      at.position,
      arrayLiteral([...changed.map(({ key }) => key), ...removed]),
      arrayLiteral([...changed.map(networkOf), ...removed.map(() => null)]),
      arrayLiteral([...changed.map(({ row, text }) => text ?? canonicalJson(row)), ...removed.map(() => null)]),
    ],
  );
};

export interface SnapshotRow {
  readonly key: string;
  readonly row: string;
}

export interface Changes {
  /** The builds that are asked, by name; one query, however many names. */
  active(names: readonly string[]): Promise<ReadonlyMap<string, FollowedBuild>>;
  /** In order, after a place, up to a position. */
  page(after: ChangePosition, upTo: Position, limit: number): Promise<readonly Change[]>;
  /** Whether everything after that place is still kept, and all before it is as it was told. Asked after a page: what is pruned in between is told. */
  keeps(place: ChangePosition): Promise<boolean>;
  /** One network's rows and the build's position, from one snapshot, batch by batch, as fast as the database gives them. */
  snapshot(name: string, networkId: string, take: (rows: readonly SnapshotRow[]) => void): Promise<FollowedBuild>;
}

const BATCH = 500;

const afterPlace = (place: ChangePosition): readonly [id: number, position: Position, ordinal: number] => [
  place.build,
  place.position,
  place.ordinal ?? 2 ** 31 - 1,
];

/** Reads what `recordChanges` keeps, from any process. */
export const createChanges = (pool: Pool, schema: string = READ_SCHEMA): Changes => {
  const tables = controlTables(schema);
  const activeOf = (client: Pick<Pool, 'query'>, names: readonly string[]): Promise<readonly FollowedBuild[]> =>
    selectBuilds(client, tables, { columns: FOLLOWED, those: 'active', names });
  return {
    active: async (names) => new Map((await activeOf(pool, names)).map((build) => [build.name, build])),
    page: async (after, upTo, limit) => {
      const { rows } = await pool.query<Change>(
        `select position, ordinal, key, network, row from ${tables.change}
         where projection = $1 and (position, ordinal) > ($2, $3) and position <= $4 order by position, ordinal limit $5`,
        [...afterPlace(after), upTo, limit],
      );
      return rows;
    },
    keeps: async (place) => {
      const { rows } = await pool.query<{ kept: boolean }>(
        `select coalesce((select position from ${tables.changeFloor} where projection = $1), '') <= $2
           and ($3::integer is null or exists (select from ${tables.change} where projection = $1 and position = $2 and ordinal = $3))
           and exists (select from ${buildsIn(tables, 'all')} where id = $1 and mended = $4) as kept`,
        [place.build, place.position, place.ordinal, place.mended],
      );
      return rows[0]?.kept ?? false;
    },
    snapshot: (name, networkId, take) =>
      inTransaction(pool, 'begin isolation level repeatable read, read only', async (client) => {
        const [build] = await activeOf(client, [name]);
        if (!build) throw new Error(`${name} was never registered: start the projector once`);
        const text = networkId.replaceAll("'", "''");
        await client.query(
          `declare feed_rows no scroll cursor for select key, row from ${quotedTable(build, schema)} where network_id = '${text}'`,
        );
        for (;;) {
          const { rows } = await client.query<SnapshotRow>(`fetch ${BATCH} from feed_rows`);
          take(rows);
          if (rows.length < BATCH) return build;
        }
      }),
  };
};
