import { expectAllCaught, smallRun } from '../runner/small-run';
import { MUTANTS } from './mutants';
import { failoverCheck, huntAmong } from './failover.check';
import { scheduleOf } from './schedule';

const small = (count: number) => smallRun({ count, log: 'eventstoredb', sizes: { workers: 2 } });

jest.setTimeout(600_000);

/** A tenth of what the check itself plays. */
const IN_THE_GATE = 1000;

it('loses, doubles and reorders nothing, whatever EventStoreDB and the network do', async () => {
  const { counts, findings, figures } = await failoverCheck.run(small(IN_THE_GATE));
  expect(findings).toEqual([]);
  expect(counts).toEqual({ lost: 0, doubled: 0, reordered: 0, unhandled: 0 });
  expect(figures['schedules']).toBe(IN_THE_GATE);
  expect(figures['faults']).toBeGreaterThan(IN_THE_GATE);
});

it('catches the bugs that show soon; its self-test hunts the rare ones, too', async () => {
  const common = MUTANTS.filter(({ rare }) => !rare);
  expect(MUTANTS.length).toBeGreaterThanOrEqual(10);
  expectAllCaught(await huntAmong(common, small(1)), common.length);
});

it('draws the same schedule from the same seed', () => {
  expect(scheduleOf(7)).toEqual(scheduleOf(7));
  expect(scheduleOf(7)).not.toEqual({ ...scheduleOf(8), seed: 7 });
});

it('says in one sentence which setting is missing for a real cluster', () => {
  expect(failoverCheck.real?.missing({})).toMatch(/^TEST_EVENTSTORE_CLUSTER is not set: /);
  expect(failoverCheck.real?.missing({ TEST_EVENTSTORE_CLUSTER: 'esdb://127.0.0.1:1' })).toMatch(/^TEST_EVENTSTORE_KILL is not set: /);
  expect(failoverCheck.real?.missing({ TEST_EVENTSTORE_CLUSTER: 'esdb://127.0.0.1:1', TEST_EVENTSTORE_KILL: 'true' })).toBeUndefined();
});
