import { testDatabase, type TestDatabase } from '#testing/test-database';
import { type CutOverParts } from './cut-over';
import { allVersionsOf } from '../fold/model-versions';
import { createReadStore } from '../query/postgres-read-store';
import type { AnyReadModel } from '../read-model';
import { type ReadStore } from '../read-store.port';
import { startRuntime, type Runtime, type RuntimeParts } from '../subscriptions/runtime';
import { hoursModel, testClock, testLog, type HoursRow, type TestLog } from '../testing/hours-log';

export const first = hoursModel as AnyReadModel;

/** The next version: rows tell their longest session, too; what else it makes otherwise is given. */
export const second = (differs: Partial<AnyReadModel>, minutes = 0): AnyReadModel => ({
  ...first,
  previous: first,
  ...differs,
  projection: {
    ...first.projection,
    version: 2,
    evolve: (row: (HoursRow & { readonly longest: number }) | undefined, event: { data: { minutes?: number } }, key: string) => {
      const { row: next, evidence } = first.projection.evolve(row, event as never, key);
      if (next === null) return { row: null };
      const { longest = 0 } = row ?? {};
      const changed = { ...next, minutes: next.minutes + minutes, longest: Math.max(longest, event.data.minutes ?? 0) };
      return { row: changed, ...(evidence ? { evidence } : {}) };
    },
  },
});

export let db: TestDatabase;
export let store: ReadStore & { close(): void };
export let source: TestLog;
const running: Runtime[] = [];
export const NAME = 'hours-by-member';

export const start = async (model: AnyReadModel, changes: Partial<RuntimeParts> = {}): Promise<Runtime> => {
  const runtime = await startRuntime({
    ...{ log: source.log, codec: source.codec, pool: db.pool, readModels: [model], processes: [], clock: testClock() },
    ...{ mode: 'driven' as const, personalTexts: false },
    ...changes,
  });
  running.push(runtime);
  return runtime;
};

export const parts = (keepMs = 60_000): CutOverParts => ({ pool: db.pool, schema: 'read', keepMs });
export const states = async (): Promise<readonly string[]> =>
  (
    await db.pool.query<{ one: string }>(
      `select concat(version, '.', build, ' ', state, case when keep_until is null then '' else ' kept' end) as one from read.projection
       order by version, build`,
    )
  ).rows.map(({ one }) => one);
export const stands = async (version: number, build = 1): Promise<string> =>
  (await db.pool.query(`select position from read.projection where version = $1 and build = $2`, [version, build])).rows[0].position;
export const operating = async (model: AnyReadModel) => ({
  ...{ pool: db.pool, schema: 'read', lines: [allVersionsOf(model, 'read')], logId: await source.log.logId() },
});

/** Before and after each test. */
export const withTwoVersions = (): void => {
  beforeEach(async () => {
    db = await testDatabase();
    store = createReadStore(db.pool);
    source = testLog();
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
    store.close();
    await db.drop();
  });
};
