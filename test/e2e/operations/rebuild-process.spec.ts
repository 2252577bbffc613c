import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PostgresLog } from '#event-store/postgres/postgres-log';
import { readModels } from '#projections/read-models';
import { rebuild } from '#read-store/builds/operations';
import { allVersionsOf } from '#read-store/fold/model-versions';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { killAll, startChild, type Child } from '../harness/child';

const NAME = 'directory';

interface Seen {
  readonly pid: number;
  readonly parent: number;
  readonly nice: number;
}

/** The processes that rebuild for this one. */
const rebuildsOf = (parent: number): readonly Seen[] =>
  execFileSync('ps', ['-A', '-o', 'pid=,ppid=,ni=,args='], { encoding: 'utf8' })
    .split('\n')
    .filter((line) => /projector[/\\]rebuilds/.test(line))
    .map((line) => line.trim().split(/\s+/).map(Number))
    .map(([pid, ppid, nice]) => ({ pid: pid!, parent: ppid!, nice: nice! }))
    .filter((one) => one.parent === parent);

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};

const until = async (isSo: () => boolean | Promise<boolean>): Promise<void> => {
  while (!(await isSo())) await sleep(50);
};

const untilOne = async (look: () => readonly Seen[]): Promise<Seen> => {
  await until(() => look().length > 0);
  return look()[0]!;
};

describe('a rebuild beside an API, as `npm start` has it', () => {
  let folder: string;
  let database: TestDatabase;
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'savoirs-rebuilds-'));
    database = await testDatabase();
  });
  afterAll(async () => {
    await killAll();
    await database?.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  const startApi = async (): Promise<Child> => {
    const api = startChild('apps/api/main.js', { DATABASE_URL: database.url, SAVOIRS_DATA: folder, PORT: '0' });
    await api.says(/^Savoirs listens on http/m);
    return api;
  };

  /** Asked for as by an operator. Nobody reads the log before `letGo` was called, so its process stays where it is. */
  const heldRebuild = async () => {
    const { pool } = database;
    const log = await PostgresLog.open(database.url);
    const holder = await pool.connect();
    await holder.query('begin; lock table log.events in access exclusive mode');
    const lines = readModels.map((model) => allVersionsOf(model, 'read'));
    const { build } = await rebuild({ pool, schema: 'read', lines, logId: await log.logId() }, { name: NAME, byHand: false });
    await log.close();
    const letGo = async (): Promise<void> => {
      await holder.query('rollback');
      holder.release();
    };
    const serves = async (): Promise<boolean> => {
      const { rows } = await pool.query(`select 1 from read.projection where name = $1 and build = $2 and state = 'active'`, [NAME, build]);
      return rows.length > 0;
    };
    return { letGo, serves };
  };

  it('goes in a process of its own, behind those who serve; killed, it goes on in another one, which ends with its work', async () => {
    const api = await startApi();
    const { letGo, serves } = await heldRebuild();
    const first = await untilOne(() => rebuildsOf(api.pid).filter(({ nice }) => nice > 0));
    expect(first.nice).toBeGreaterThanOrEqual(10);
    process.kill(first.pid, 'SIGKILL');
    const second = await untilOne(() => rebuildsOf(api.pid).filter(({ pid }) => pid !== first.pid));
    await letGo();
    await until(serves);
    await until(() => !isAlive(second.pid));
    api.kill('SIGTERM');
    expect(await api.ended).toEqual({ code: 0, signal: null });
  }, 120_000);

  it('ends with the API, also where that was killed, and goes on with the next one', async () => {
    const api = await startApi();
    const { letGo, serves } = await heldRebuild();
    const left = await untilOne(() => rebuildsOf(api.pid));
    api.kill('SIGKILL');
    await api.ended;
    await letGo();
    await until(() => !isAlive(left.pid));
    const next = await startApi();
    await until(serves);
    next.kill('SIGTERM');
    expect(await next.ended).toEqual({ code: 0, signal: null });
  }, 120_000);
});
