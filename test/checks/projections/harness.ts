import { Pool } from 'pg';
import { START } from '#event-store/log.port';
import { startRuntime } from '#read-store/subscriptions/runtime';
import { controlTables, quotedTable } from '#read-store/tables/table-names';
import { dropSchema } from '#read-store/certificates/rebuild-from-zero';
import { codec, models } from './workload';
import { Connections } from './connections';
import { SharedLog } from './faulty-log';

/** Where schedules play, and where what they did is made anew. */
interface PlaySchema {
  readonly schema: string;
  /** As they were before anybody came. */
  readonly registered: string;
  readonly emptying: string;
}

/** The tables of a process: made once, emptied for each schedule. */
export class ProjectionsHarness {
  private constructor(
    readonly connections: Connections,
    readonly pool: Pool,
    readonly play: PlaySchema,
    readonly zero: PlaySchema,
  ) {}

  static async open(url: string, name: string): Promise<ProjectionsHarness> {
    const pool = new Pool({ connectionString: url, max: 4, idleTimeoutMillis: 0 });
    pool.on('error', () => undefined);
    const [play, zero] = [await placeAt(pool, `check_${name}`), await placeAt(pool, `check_${name}_zero`)];
    return new ProjectionsHarness(await Connections.open(url), pool, play, zero);
  }

  async clear(fresh: boolean): Promise<void> {
    await this.empty(this.play, fresh);
    await this.empty(this.zero, false);
  }

  /** A build from zero skips what was skipped: in one schema by itself, here by taking it over. */
  async carrySkipped(): Promise<void> {
    const [from, to] = [controlTables(this.play.schema), controlTables(this.zero.schema)];
    await this.connections.control.query(
      `insert into ${to.parked} (projection, unknown, key, position, event_id, type, stream, revision, state, fault, attempts)
       select z.id, unknown, key, k.position, k.event_id, type, stream, revision, k.state, k.fault, attempts from ${from.parked} k
       join ${from.projection} p on p.id = k.projection join ${to.projection} z on z.name = p.name where k.state = 'skipped'`,
    );
  }

  async close(): Promise<void> {
    await this.connections.close();
    await this.pool.end();
  }

  private async empty({ schema, registered, emptying }: PlaySchema, fresh: boolean): Promise<void> {
    const { projection } = controlTables(schema);
    const { control } = this.connections;
    await control.query(emptying);
    if (fresh) await control.query(`drop table ${models.map(({ projection: model }) => quotedTable(model, schema)).join(', ')}`);
    else
      await control.query(
        `insert into ${projection} overriding system value select * from json_populate_recordset(null::${projection}, $1)`,
        [registered],
      );
  }
}

const placeAt = async (pool: Pool, schema: string): Promise<PlaySchema> => {
  await dropSchema(pool, schema);
  const clock = { now: (): never => Promise.reject(new Error('nobody asks')) as never };
  const common = { log: new SharedLog(), codec, pool, readModels: models, processes: [], clock, schema };
  await startRuntime({ ...common, mode: 'driven', personalTexts: false });
  const { rows } = await pool.query<{ name: string }>(
    `select quote_ident(schemaname) || '.' || quote_ident(tablename) as name from pg_tables where schemaname = $1 and tablename !~ '^migration'`,
    [schema],
  );
  const { projection } = controlTables(schema);
  const registered = await pool.query<{ all: string; last: string }>(
    `select json_agg(p)::text as all, max(position) as last from ${projection} p`,
  );
  if (registered.rows[0]!.last !== START) throw new Error('a read model begins at the log’s start');
  return { schema, registered: registered.rows[0]!.all, emptying: rows.map(({ name }) => `delete from ${name}`).join('; ') };
};
