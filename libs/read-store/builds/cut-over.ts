import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import { compare, type Compared } from './comparison';
import type { BuildState } from '../checkpoints/consumer';
import type { AnyReadModel } from '../read-model';
import {
  controlTables,
  inRetriedTransaction,
  inTransaction,
  PROCESS,
  quotedTable,
  Rehearsed,
  type Built,
  type ControlTables,
} from '../tables/table-names';
import { versionsOf } from '../fold/model-versions';

/** Why a build does not take over, or cannot be changed as asked. */
export type BuildRefusal =
  | 'unknown-projection'
  | 'unknown-build'
  | 'not-ready'
  | 'behind'
  | 'in-use'
  | 'differs'
  | 'not-compared'
  | 'is-active'
  | 'nothing-kept'
  | 'already-building'
  | 'not-a-read-model'
  | 'no-code';

/** Something that an operator asked for and that cannot be: a code, and a sentence for people. */
export class BuildRefused extends Error {
  constructor(
    readonly code: BuildRefusal,
    message: string,
  ) {
    super(message);
    this.name = 'BuildRefused';
  }
}

export interface BuildRow {
  readonly id: number;
  readonly name: string;
  readonly version: number;
  readonly build: number;
  readonly position: Position;
  readonly state: BuildState;
  readonly by_hand: boolean;
  readonly keep_until: Date | null;
  readonly report: string | null;
}

/** All living builds of one name, locked in one order until the transaction ends. */
export const lockBuilds = async (client: PoolClient, { projection }: ControlTables, name: string): Promise<readonly BuildRow[]> => {
  const { rows } = await client.query<BuildRow>(
    `select id, name, version, build, position, state, by_hand, keep_until, report from ${projection}
     where name = $1 and state <> 'retired' order by version, build for update`,
    [name],
  );
  if (rows.length === 0) throw new BuildRefused('unknown-projection', `There is no projection ${name}: see the list`);
  return rows;
};

export interface CutOverParts {
  readonly pool: Pool;
  readonly schema: string;
  /** How long a build that was active is kept, and follows, in milliseconds. */
  readonly keepMs: number;
  /** In the switch's own transaction: what else must follow the active build. */
  readonly onSwitch?: (client: PoolClient) => Promise<void>;
  /** Only tells whether it could be: throws `Rehearsed` at the end. */
  readonly rehearsal?: boolean;
}

const title = ({ name, version, build = 1 }: Built): string => `${name} in version ${version}${build === 1 ? '' : `, build ${build}`}`;

/** Active and next: of the builds that are ready, the newest. @throws BuildRefused */
export const pairOf = (rows: readonly BuildRow[], models: readonly AnyReadModel[], wanted?: Partial<Built>) => {
  const { name } = rows[0]!;
  if (name.startsWith(PROCESS)) throw new BuildRefused('not-a-read-model', `${name} is a process: it has one version at a time`);
  const active = rows.find(({ state }) => state === 'active');
  const others = rows.filter((row) => row !== active && fits(row, wanted));
  const next = others.filter(({ state }) => state === 'ready').at(-1) ?? others.at(-1);
  if (!active || !next) throw new BuildRefused('unknown-build', `There is no other build of ${name}`);
  if (next.state !== 'ready') throw new BuildRefused('not-ready', `${title(next)} has not reached the log’s head yet`);
  const versions = models.filter(({ projection }) => projection.name === name).flatMap(versionsOf);
  const newer = Math.max(active.version, next.version);
  const model = versions.find(({ projection }) => projection.version === newer);
  if (!model) throw new BuildRefused('no-code', `This Savoirs has no code for ${name} in version ${newer}`);
  return { active, next, model };
};

const fits = (row: BuildRow, { version, build }: Partial<Built> = {}): boolean =>
  (version === undefined || row.version === version) && (build === undefined || row.build === build);

/** The report of a comparison is kept beside the build, to be read before a switch by hand. */
export const compareBuilds = async (
  { pool, schema }: Pick<CutOverParts, 'pool' | 'schema'>,
  models: readonly AnyReadModel[],
  of: Pick<Built, 'name'> & Partial<Built>,
): Promise<Compared> => {
  const tables = controlTables(schema);
  const { active, next, model } = await inRetriedTransaction(pool, async (client) =>
    pairOf(await lockBuilds(client, tables, of.name), models, of),
  );
  const compared = await compare(pool, schema, { from: active, to: next, model });
  await pool.query(`update ${tables.projection} set report = $2 where id = $1`, [next.id, JSON.stringify(compared)]);
  return compared;
};

export interface Switched {
  readonly name: string;
  readonly from: { readonly version: number; readonly build: number };
  readonly to: { readonly version: number; readonly build: number };
  readonly position: Position;
}

/**
 * Pointer and checkpoints in one transaction, under the locks that every move of theirs takes: a reader's position never goes back.
 * The former build goes on following until it is no longer kept.
 * @throws BuildRefused
 */
export const switchTo = (parts: CutOverParts, choose: (rows: readonly BuildRow[]) => { active: BuildRow; next: BuildRow }, name: string) =>
  inRetriedTransaction(parts.pool, async (client): Promise<Switched> => {
    const tables = controlTables(parts.schema);
    const { active, next } = choose(await lockBuilds(client, tables, name));
    if (next.position < active.position) throw new BuildRefused('behind', `${title(next)} stands behind the active one: ask again`);
    await client.query(
      `update ${tables.projection} set state = 'ready', by_hand = true, keep_until = now() + $2 * interval '1 millisecond' where id = $1`,
      [active.id, parts.keepMs],
    );
    await client.query(`update ${tables.projection} set state = 'active', keep_until = null where id = $1`, [next.id]);
    await parts.onSwitch?.(client);
    if (parts.rehearsal) throw new Rehearsed();
    return {
      name,
      from: { version: active.version, build: active.build },
      to: { version: next.version, build: next.build },
      position: next.position,
    };
  });

/** A verified switch: the last comparison found nothing but what is declared, unless an operator insists. @throws BuildRefused */
export const verifiedSwitch = (
  parts: CutOverParts,
  models: readonly AnyReadModel[],
  { insist, ...wanted }: Pick<Built, 'name'> & Partial<Built> & { readonly insist: boolean },
): Promise<Switched> =>
  switchTo(
    parts,
    (rows) => {
      const { active, next } = pairOf(rows, models, wanted);
      const report = next.report === null ? null : (JSON.parse(next.report) as Compared);
      const isOfThese = report?.from.version === active.version && report.from.build === active.build;
      if (!insist && !isOfThese) throw new BuildRefused('not-compared', `${title(next)} was not compared with the active one yet`);
      if (!insist && !report!.agrees) throw new BuildRefused('differs', `${title(next)} differs from the active one: read the report`);
      return { active, next };
    },
    wanted.name,
  );

/** Back to the build that was active before, while it is kept. @throws BuildRefused */
export const rollBack = (parts: CutOverParts, name: string): Promise<Switched> =>
  switchTo(
    parts,
    (rows) => {
      const active = rows.find(({ state }) => state === 'active');
      const [next] = rows
        .filter(({ keep_until: kept }) => kept !== null)
        .sort((one, other) => Number(other.keep_until) - Number(one.keep_until));
      if (!active || !next) throw new BuildRefused('nothing-kept', `No earlier build of ${name} is kept`);
      return { active, next };
    },
    name,
  );

/** Ends a build that is not active: nobody moves it any more, its tables and evidence go. */
export const retire = async (client: PoolClient, schema: string, { id, ...of }: BuildRow, byHand: boolean): Promise<void> => {
  const { projection, evidence, parked } = controlTables(schema);
  await client.query(
    `update ${projection} set state = 'retired', lease_epoch = lease_epoch + 1, keep_until = null, by_hand = by_hand or $2 where id = $1`,
    [id, byHand],
  );
  await client.query(`delete from ${evidence} where projection = $1`, [id]);
  // What was skipped is remembered for the builds to come.
  await client.query(`delete from ${parked} where projection = $1 and state = 'parked'`, [id]);
  await client.query(`drop table if exists ${quotedTable(of, schema)}`);
};

/** Whoever still reads the table is not waited for: the next round tries again. */
const LOCK_MS = 500;

/** Retires what is no longer kept. Answers what went. */
export const retireExpired = async ({ pool, schema }: Pick<CutOverParts, 'pool' | 'schema'>): Promise<readonly BuildRow[]> => {
  const { projection } = controlTables(schema);
  const { rows } = await pool.query<BuildRow>(
    `select id, name, version, build, position, state, by_hand, keep_until, report from ${projection}
     where state = 'ready' and keep_until < now()`,
  );
  const gone: BuildRow[] = [];
  for (const row of rows) {
    const retired = await inTransaction(pool, `begin; set local lock_timeout = ${LOCK_MS}`, async (client) => {
      const still = await client.query(`select 1 from ${projection} where id = $1 and state = 'ready' and keep_until < now() for update`, [
        row.id,
      ]);
      if (still.rowCount === 1) await retire(client, schema, row, false);
      return still.rowCount === 1;
    }).catch((fault: unknown) => {
      if (fault instanceof Error && 'code' in fault && fault.code === '55P03') return false;
      throw fault;
    });
    if (retired) gone.push(row);
  }
  return gone;
};
