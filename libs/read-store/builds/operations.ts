import type { Pool, PoolClient } from 'pg';
import { BuildRefused, lockBuilds, retire, type LockedBuild } from './cut-over';
import { isBuilt, updateBuilds } from '../checkpoints/projection-table';
import type { ModelVersions } from '../fold/model-versions';
import { beginBuild, buildsOf } from './register';
import { inRetriedTransaction } from '#postgres/transaction';
import { controlTables, PROCESS, DryRunDone, type Built, type ControlTables } from '../tables/table-names';

interface Parts {
  readonly pool: Pool;
  readonly schema: string;
  /** Only tells whether it could be: throws `DryRunDone` at the end. */
  readonly dryRun?: boolean;
}

export interface OperationParts extends Parts {
  readonly lines: readonly ModelVersions[];
  readonly logId: string;
}

/** One build where version or build is told, else all of the name. */
export type Target = Pick<Built, 'name'> & Partial<Built>;

const transaction = <T>({ pool, dryRun = false }: Parts, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  inRetriedTransaction(pool, async (client) => {
    const done = await work(client);
    if (dryRun) throw new DryRunDone();
    return done;
  });

const onBuilds = <T>(
  parts: Parts,
  { name, version, build }: Target,
  work: (client: PoolClient, rows: readonly LockedBuild[], tables: ControlTables) => Promise<T>,
): Promise<T> =>
  transaction(parts, async (client) => {
    const tables = controlTables(parts.schema);
    const all = await lockBuilds(client, tables, name);
    const rows = all.filter((row) => (version ?? row.version) === row.version && (build ?? row.build) === row.build);
    if (rows.length === 0) throw new BuildRefused('unknown-build', `There is no such build of ${name}`);
    return work(client, rows, tables);
  });

/** Whoever moves it stops after the batch under way, within a renewal of its lease; it stays where it is. @throws BuildRefused */
export const setPaused = (parts: Parts, target: Target, paused: boolean): Promise<readonly LockedBuild[]> =>
  onBuilds(parts, target, async (client, rows, tables) => {
    const ids = rows.map(({ id }) => id);
    await updateBuilds(client, tables, ids, { paused });
    return rows;
  });

/** A further build of the newest version, from the log's start, beside the one that serves. @throws BuildRefused */
export const rebuild = (
  parts: OperationParts,
  { name, byHand }: { readonly name: string; /** It waits for a switch by hand. */ readonly byHand: boolean },
): Promise<Required<Built>> =>
  transaction(parts, async (client) => {
    const { schema, lines, logId } = parts;
    const tables = controlTables(schema);
    const living = await lockBuilds(client, tables, name);
    const newest = lines.find((line) => line.name === name)?.versions[0];
    if (name.startsWith(PROCESS)) throw new BuildRefused('not-a-read-model', `${name} is a process: its rows say what it has done already`);
    if (!newest) throw new BuildRefused('no-code', `This Savoirs has no code for ${name}`);
    if (living.some(({ state }) => isBuilt(state)))
      throw new BuildRefused('already-building', `${name} is being built already: stop that build first`);
    const builds = (await buildsOf(client, tables, name)).filter(({ version }) => version === newest.version);
    const next = 1 + Math.max(0, ...builds.map(({ build }) => build));
    const consumer = newest.consumerOf(next);
    if (consumer.build !== next) throw new BuildRefused('not-a-read-model', `${name} has one table that is never built beside itself`);
    await beginBuild(client, consumer, { tables, logId, state: 'building', byHand });
    return { name, version: consumer.version, build: consumer.build };
  });

/** Gives up a build that does not serve; its tables go. @throws BuildRefused */
export const stopBuild = (parts: Parts, target: Target): Promise<readonly LockedBuild[]> =>
  onBuilds(parts, target, async (client, rows) => {
    const given = rows.filter(({ state }) => state !== 'active');
    if (given.length === 0)
      throw new BuildRefused('is-active', `${target.name} has no build but the one that serves: it cannot be given up`);
    for (const row of given) await retire(client, parts.schema, row, true);
    return given;
  });
