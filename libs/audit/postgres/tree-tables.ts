import type { Pool } from 'pg';
import { inTransaction } from '#postgres/transaction';

/** A newer Savoirs made the trees' tables: one sentence for whoever started this one. */
export class TreeTablesProblem extends Error {
  /** Configuration (docs/exit-codes.md). */
  readonly exitCode = 78;

  constructor(sentence: string) {
    super(sentence);
    this.name = 'TreeTablesProblem';
  }
}

/** Forward only: a step, once released, is never edited. `position`: of a tile of level 0, that of its last event. */
const STEPS = [
  `create table audit.tree (
     id integer generated always as identity unique,
     origin text collate "C" primary key,
     log_id text not null,
     size bigint not null,
     position text collate "C" not null
   );
   create table audit.tile (
     tree integer not null,
     level smallint not null,
     index bigint not null,
     hashes bytea not null,
     position text collate "C",
     primary key (tree, level, index)
   );
   create index tile_by_position on audit.tile (tree, position) where level = 0;
   alter table audit.tile alter column hashes set storage external;
   create table audit.checkpoint (
     tree integer not null,
     size bigint not null,
     note text not null,
     made_at timestamptz not null default now(),
     primary key (tree, size)
   )`,
  // null: not kept, where the log finds by itself
  `alter table audit.tile add column short_ids integer[];
   create index tile_by_short_id on audit.tile using gin (short_ids);
   create index tile_without_short_ids on audit.tile (tree) where level = 0 and short_ids is null`,
];

/** Any number that no other part of Savoirs locks by. */
const LOCK = 7_262_006;

/** Brings schema `audit` to this program's version, once however many processes start. @throws TreeTablesProblem where it is newer */
export const migrateTrees = (pool: Pool): Promise<void> =>
  inTransaction(pool, 'begin', async (client) => {
    await client.query('select pg_advisory_xact_lock($1)', [LOCK]);
    await client.query('create schema if not exists audit');
    await client.query('create table if not exists audit.step (step integer primary key)');
    const { rows } = await client.query<{ last: number }>('select coalesce(max(step), 0) as last from audit.step');
    const last = rows[0]?.last ?? 0;
    if (last > STEPS.length)
      throw new TreeTablesProblem(
        `The tables of the log’s tree are of a newer Savoirs (step ${last}, this one knows ${STEPS.length}): start that one.`,
      );
    for (const [index, step] of STEPS.entries()) {
      if (index < last) continue;
      await client.query(step);
      await client.query('insert into audit.step values ($1)', [index + 1]);
    }
  });
