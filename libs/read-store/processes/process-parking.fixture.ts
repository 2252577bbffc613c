import type { SavoirsEvent, SentCommand } from '#domain/catalogue';
import { CodecFault } from '#event-store/codec.port';
import { type StoredEvent } from '#event-store/log.port';
import type { Instant } from '#kernel/id';
import type { Process } from '#kernel/process';
import { testDatabase, type TestDatabase } from '#testing/test-database';
import { createBuilds, type Builds } from '../builds/builds';
import type { Execute } from './command-queue';
import { parkedOf } from '../parked/parked';
import type { AnyProcess } from './process-runner';
import { startRuntime, type Runtime, type RuntimeParts } from '../subscriptions/runtime';
import { testClock, testLog, type TestLog } from '../testing/hours-log';

type Handled = Extract<SavoirsEvent, { type: 'TrainingHoursRecorded' | 'MemberPaused' | 'MemberResumed' }>;
export interface Row {
  readonly times: number;
}

export class Poisoned extends Error {
  override readonly name = 'Poisoned';
}

/** What throws, until it is mended: an order by its text; a member's event by its id. */
export const poison = {
  orders: new Set<string>(),
  evolve: new Set<string>(),
  keys: new Set<string>(),
  unreadable: new Set<string>(),
  due: new Set<string>(),
};
export const mend = (): void => Object.values(poison).forEach((set) => set.clear());

/** Each recording orders two warnings that tell how often; a pause sets a due time, its end clears it. */
export const counting: Process<Handled, Row, SentCommand> = {
  name: 'counting',
  version: 1,
  handles: { TrainingHoursRecorded: true, MemberPaused: true, MemberResumed: true },
  keys: ({ data, meta }) => {
    if (poison.keys.has(meta.eventId)) throw new Poisoned('whose is it?');
    return [data.memberId];
  },
  evolve: (row, event) => {
    if (poison.evolve.has(event.meta.eventId)) throw new Poisoned('Ana’s words');
    const times = row?.times ?? 0;
    if (event.type === 'MemberPaused') return { row: { times }, due: { pause: event.data.until } };
    if (event.type === 'MemberResumed') return { row: { times }, due: { pause: null } };
    return { row: { times: times + 1 } };
  },
  react: ({ times }, cause, key) => {
    if ('name' in cause && poison.due.has(key)) throw new Poisoned('at no time');
    const text = 'name' in cause ? `${key} is back` : cause.type === 'TrainingHoursRecorded' ? `${key} ${times}` : null;
    // The runtime never looks into an order.
    return text === null ? [] : [`${text} a`, `${text} b`].map((one) => ({ type: 'Say', data: one }) as unknown as SentCommand);
  },
};

export let db: TestDatabase;
let source: TestLog;
export let clock: ReturnType<typeof testClock>;
const running: Runtime[] = [];

/** Executes as run-decider does: a known command id does nothing again (R22). Tells what was asked, and what was done. */
export const executor = () => {
  const done = new Map<string, string>();
  const asked: string[] = [];
  const execute: Execute<{ data: unknown }> = async ({ data }, { commandId }) => {
    const text = String(data);
    asked.push(text);
    if (poison.orders.has(text)) throw new Poisoned(`cannot say ${text}`);
    done.set(commandId, text);
    return 'done';
  };
  return { asked, execute, done, said: () => [...done.values()] };
};
type Executor = ReturnType<typeof executor>;

const codec = () => ({
  ...source.codec,
  decode: (stored: StoredEvent) => {
    const { eventId, type, version } = stored;
    if (poison.unreadable.has(eventId)) throw new CodecFault({ eventId, type, version, path: '' }, 'not as its schema says');
    return source.codec.decode(stored);
  },
});

export const start = async ({ execute }: Pick<Executor, 'execute'>, changes: Partial<RuntimeParts> = {}): Promise<Runtime> => {
  const common = { log: source.log, codec: codec(), pool: db.pool, readModels: [], clock, execute, personalTexts: false };
  const runtime = await startRuntime({ ...common, processes: [counting as AnyProcess], mode: 'driven', ...changes });
  running.push(runtime);
  return runtime;
};
export const builds = ({ execute }: Pick<Executor, 'execute'>, processes: readonly AnyProcess[] = [counting as AnyProcess]): Builds =>
  createBuilds({
    ...{ pool: db.pool, log: source.log, codec: codec(), models: [], keepMs: 1_000 },
    ordering: { processes, clock, execute },
  });

export const name = 'process/counting';
export const hours = async (member: string, stream = `exchange-${member}`): Promise<string> =>
  (await source.write('TrainingHoursRecorded', stream, { memberId: member as never })).eventId;
export const pause = async (member: string, until: string): Promise<string> =>
  (await source.write('MemberPaused', `member-${member}`, { memberId: member as never, until: until as Instant })).eventId;
export const parked = async () =>
  (await parkedOf(db.pool, { page: { limit: 100 } })).parked.map(({ key, eventId, fault, answered, state }) => ({
    ...{ key, eventId, fault, answered, state },
  }));
export const rows = async (): Promise<readonly unknown[]> =>
  (
    await db.pool.query(
      "select key, row from read.process_row r join read.projection p on p.id = r.process and p.state <> 'retired' order by key",
    )
  ).rows;

/** Before and after each test. */
export const withParkingProcess = (): void => {
  beforeEach(mend);
  beforeEach(async () => {
    db = await testDatabase();
    source = testLog();
    clock = testClock('2026-03-01T00:00:00.000Z');
  });
  afterEach(async () => {
    await Promise.all(running.splice(0).map((runtime) => runtime.stop()));
    await db.drop();
  });
};
