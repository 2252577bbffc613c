import type { Pool, PoolClient } from 'pg';
import type { Position } from '#event-store/log.port';
import { isSqlState } from '#postgres/sql-state';
import { compare, type Compared } from './comparison';
import { keepFormer, retireBuild, selectBuilds, updateBuilds, type BuildRow } from '../checkpoints/projection-table';
import type { AnyReadModel } from '../read-model';
import { inRetriedTransaction, inTransaction } from '#postgres/transaction';
import { controlTables, PROCESS, quotedTable, DryRunDone, type Built, type ControlTables } from '../tables/table-names';
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

const COLUMNS = ['id', 'name', 'version', 'build', 'position', 'state', 'byHand', 'keepUntil', 'isExpired', 'report'] as const;
export type LockedBuild = Pick<BuildRow, (typeof COLUMNS)[number]>;

/** All living builds of one name, locked in one order until the transaction ends. */
export const lockBuilds = async (client: PoolClient, tables: ControlTables, name: string): Promise<readonly LockedBuild[]> => {
  const rows = await selectBuilds(client, tables, { columns: COLUMNS, names: [name], lock: true });
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
  /** Only tells whether it could be: throws `DryRunDone` at the end. */
  readonly dryRun?: boolean;
}

const title = ({ name, version, build = 1 }: Built): string => `${name} in version ${version}${build === 1 ? '' : `, build ${build}`}`;

/** Active and next: of the builds that are ready, the newest. @throws BuildRefused */
export const pairOf = (rows: readonly LockedBuild[], models: readonly AnyReadModel[], wanted?: Partial<Built>) => {
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

const fits = (row: LockedBuild, { version, build }: Partial<Built> = {}): boolean =>
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
  await updateBuilds(pool, tables, [next.id], { report: JSON.stringify(compared) });
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
export const switchTo = (
  parts: CutOverParts,
  choose: (rows: readonly LockedBuild[]) => { active: LockedBuild; next: LockedBuild },
  name: string,
) =>
  inRetriedTransaction(parts.pool, async (client): Promise<Switched> => {
    const tables = controlTables(parts.schema);
    const { active, next } = choose(await lockBuilds(client, tables, name));
    if (next.position < active.position) throw new BuildRefused('behind', `${title(next)} stands behind the active one: ask again`);
    await keepFormer(client, tables, { id: active.id, keepMs: parts.keepMs });
    await updateBuilds(client, tables, [next.id], { state: 'active', keepUntil: null });
    await parts.onSwitch?.(client);
    if (parts.dryRun) throw new DryRunDone();
    return {
      name,
      from: { version: active.version, build: active.build },
      to: { version: next.version, build: next.build },
      position: next.position,
    };
  });

/** A verified switch: the last comparison found nothing but what is declared, unless an operator forces it. @throws BuildRefused */
export const verifiedSwitch = (
  parts: CutOverParts,
  models: readonly AnyReadModel[],
  { force, ...wanted }: Pick<Built, 'name'> & Partial<Built> & { readonly force: boolean },
): Promise<Switched> =>
  switchTo(
    parts,
    (rows) => {
      const { active, next } = pairOf(rows, models, wanted);
      const report = next.report === null ? null : (JSON.parse(next.report) as Compared);
      const isOfThese = report?.from.version === active.version && report.from.build === active.build;
      if (!force && !isOfThese) throw new BuildRefused('not-compared', `${title(next)} was not compared with the active one yet`);
      if (!force && !report!.agrees) throw new BuildRefused('differs', `${title(next)} differs from the active one: read the report`);
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
        .filter(({ keepUntil }) => keepUntil !== null)
        .sort((one, other) => Number(other.keepUntil) - Number(one.keepUntil));
      if (!active || !next) throw new BuildRefused('nothing-kept', `No earlier build of ${name} is kept`);
      return { active, next };
    },
    name,
  );

/** Ends a build that is not active: nobody moves it any more, its tables and evidence go. */
export const retire = async (client: PoolClient, schema: string, build: LockedBuild, byHand: boolean): Promise<void> => {
  const tables = controlTables(schema);
  const { id } = build;
  await retireBuild(client, tables, { id, byHand: build.byHand || byHand });
  await client.query(`delete from ${tables.evidence} where projection = $1`, [id]);
  // What was skipped is remembered for the builds to come.
  await client.query(`delete from ${tables.parked} where projection = $1 and state = 'parked'`, [id]);
  await client.query(`drop table if exists ${quotedTable(build, schema)}`);
};

/** Whoever still reads the table is not waited for: the next round tries again. */
const LOCK_MS = 500;

/** Retires what is no longer kept. Answers what went. */
export const retireExpired = async ({ pool, schema }: Pick<CutOverParts, 'pool' | 'schema'>): Promise<readonly LockedBuild[]> => {
  const tables = controlTables(schema);
  const isOver = ({ state, isExpired }: LockedBuild): boolean => state === 'ready' && isExpired;
  const gone: LockedBuild[] = [];
  for (const row of (await selectBuilds(pool, tables, { columns: COLUMNS })).filter(isOver)) {
    const retired = await inTransaction(pool, `begin; set local lock_timeout = ${LOCK_MS}`, async (client) => {
      const [still] = await selectBuilds(client, tables, { columns: COLUMNS, ids: [row.id], lock: true });
      if (!still || !isOver(still)) return false;
      await retire(client, schema, still, false);
      return true;
    }).catch((fault: unknown) => {
      if (isSqlState(fault, 'lockNotAvailable')) return false;
      throw fault;
    });
    if (retired) gone.push(row);
  }
  return gone;
};
